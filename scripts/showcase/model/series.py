"""系列: activities that belong together over the years."""

from __future__ import annotations

from typing import Annotated

from showcase.model.fields import Label, Ref
from showcase.model.record import Record
from showcase.model.types import Text


class Series(Record):
    """A series of activities."""

    parent: Annotated[
        Annotated[Text, Ref(("series",), "下级系列")] | None,
        Label("上级", "上一级的名称", "我们的节日"),
    ] = None
