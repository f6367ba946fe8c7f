"""阵地: a venue of the network, from the centre down to a household."""

from __future__ import annotations

from typing import Annotated

from showcase.model.fields import Label, Ref
from showcase.model.record import Record
from showcase.model.types import UNSTATED, Choice, Many, Text

TIERS = Choice(
    ("中心", "centre"),
    ("所", "institute"),
    ("站", "station"),
    ("基地", "base"),
    ("户", "household"),
    (UNSTATED, "unstated"),
)
"""The five tiers of the network, and an honest word for a venue whose tier no source states."""


class Venue(Record):
    """A venue of the network."""

    tier: Annotated[Annotated[str, TIERS], Label("层级", "中心、所、站、基地或户", "站")]
    parent: Annotated[
        Annotated[Text, Ref(("venue",), "下级阵地")] | None,
        Label("上级", "上一级阵地的名称", "文明实践中心"),
    ] = None
    organisation: Annotated[
        Annotated[Text, Ref(("organisation",), "阵地")] | None,
        Label("单位", "管理的单位", "向群村党总支"),
    ] = None
    platforms: Annotated[Many[Text], Label("平台", "提供的平台资源", "理论宣讲")] = ()
    opening: Annotated[Text | None, Label("开放时间", "什么时候开放", "周一至周五 9:00—17:00")] = (
        None
    )
    address: Annotated[Text | None, Label("地址", "怎么去", "村委会旁")] = None
