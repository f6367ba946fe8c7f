"""队伍: a volunteer team of a city, town or village."""

from __future__ import annotations

from typing import Annotated

from showcase.model.fields import Label, Ref
from showcase.model.record import Record
from showcase.model.types import UNSTATED, Choice, Count, Slot, Text


class Team(Record):
    """A volunteer team."""

    level: Annotated[
        Annotated[
            str, Choice(("市", "city"), ("镇", "town"), ("村", "village"), (UNSTATED, "unstated"))
        ],
        Label("层级", "市、镇还是村", "村"),
    ]
    force: Annotated[
        Annotated[
            str,
            Choice(
                ("行政力量", "administrative"),
                ("社会力量", "social"),
                ("农村党员力量", "party-members"),
                ("群众互助服务力量", "mutual-aid"),
            ),
        ]
        | None,
        Label("力量", "属于哪一种力量", "社会力量"),
    ] = None
    slot: Annotated[Slot | None, Label("序号", "在 18+N 之类的编制里是第几支", "3+N")] = None
    organisation: Annotated[
        Annotated[Text, Ref(("organisation",), "队伍")] | None,
        Label("单位", "所属的单位", "向群村党总支"),
    ] = None
    headcount: Annotated[Count | None, Label("人数", "队伍的人数", "12")] = None
