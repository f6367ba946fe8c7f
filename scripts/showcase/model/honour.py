"""荣誉: a title that is conferred, and how a record says it was."""

from __future__ import annotations

from typing import Annotated, ClassVar

from showcase.model.fields import Fields, Label, Ref
from showcase.model.record import Record
from showcase.model.types import Choice, Date, Text

TIERS = ("国", "省", "市", "县")
"""From the highest down."""


class Award(Fields):
    """An honour as a record holds it."""

    shorthand: ClassVar[str] = "honour"

    honour: Annotated[
        Annotated[Text, Ref(("honour",), "获得者")],
        Label("荣誉", "荣誉的名称", "中国好人"),
    ]
    year: Annotated[Date | None, Label("年份", "获得的年份", "2019")] = None
    issuer: Annotated[Text | None, Label("颁发", "由谁颁发", "中央文明办")] = None


class Honour(Record):
    """A title that is conferred."""

    tier: Annotated[
        Annotated[
            str,
            Choice(
                *zip(TIERS, ("national", "provincial", "municipal", "county"), strict=True),
            ),
        ]
        | None,
        Label("级别", "哪一级的荣誉", "国"),
    ] = None
    issuer: Annotated[Text | None, Label("颁发", "由谁颁发", "中央文明办")] = None
    parent: Annotated[
        Annotated[Text, Ref(("honour",), "下级荣誉")] | None,
        Label("上级", "上一级的名称", "全国道德模范"),
    ] = None
