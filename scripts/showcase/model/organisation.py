"""单位: an organisation that leads, hosts or takes part."""

from __future__ import annotations

from typing import Annotated

from showcase.model.fields import Label, Ref
from showcase.model.record import Record
from showcase.model.types import Text


class Organisation(Record):
    """An organisation."""

    parent: Annotated[
        Annotated[Text, Ref(("organisation",), "下属单位")] | None,
        Label("上级", "上一级的名称", "向群村党总支"),
    ] = None
