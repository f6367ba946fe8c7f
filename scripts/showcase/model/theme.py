"""主题: what activities and brands are about; themes nest."""

from __future__ import annotations

from typing import Annotated

from showcase.model.fields import Label, Ref
from showcase.model.record import Record
from showcase.model.types import Text


class Theme(Record):
    """A theme."""

    parent: Annotated[
        Annotated[Text, Ref(("theme",), "下级主题")] | None,
        Label("上级", "上一级的名称", "五大平台资源"),
    ] = None
