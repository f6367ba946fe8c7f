"""指标: a number that is stated, with its unit, date and source."""

from __future__ import annotations

from typing import Annotated

from showcase.model.fields import Label, Ref
from showcase.model.record import Record, SourceRef
from showcase.model.types import Amount, Choice, Date, Many, Text


class Indicator(Record):
    """A number that is stated."""

    value: Annotated[Amount, Label("数值", "数，可以写成 13万", "13万")]
    comparison: Annotated[
        Annotated[
            str,
            Choice(
                ("超过", "over"),
                ("约", "about"),
                ("达", "reaching"),
                ("不足", "under"),
                ("至少", "at-least"),
                ("至多", "at-most"),
                ("等于", "equal"),
            ),
        ]
        | None,
        Label("比较", "超过、约、达……", "超过"),
    ] = None
    unit: Annotated[Text | None, Label("单位", "数的单位", "人")] = None
    as_of: Annotated[Date | None, Label("截至", "到哪一天为止的数", "2019-12")] = None
    sources: Annotated[
        Many[SourceRef],
        Label("来源", "数出自哪里（来源的名称）", "rushan-answer-sheet", also=("source",)),
    ] = ()
    themes: Annotated[
        Many[Annotated[Text, Ref(("theme",), "指标")]],
        Label("主题", "数说的是哪个主题", "理论宣讲"),
    ] = ()
