"""地区: a city, town or village; places nest."""

from __future__ import annotations

from typing import Annotated

from showcase.model.fields import Label, Ref
from showcase.model.record import Record
from showcase.model.types import Text


class Place(Record):
    """A place."""

    level: Annotated[Text | None, Label("层级", "市、镇、村或社区", "村")] = None
    parent: Annotated[
        Annotated[Text, Ref(("place",), "下辖地区")] | None,
        Label("上级", "上一级的名称", "乐余镇"),
    ] = None
