"""人物: a model figure, a person or a group; its body tells the deeds."""

from __future__ import annotations

from typing import Annotated, ClassVar

from showcase.model.fields import Fields, Label, Ref
from showcase.model.honour import Award
from showcase.model.record import Record, SourceRef
from showcase.model.types import Choice, Many, Text


class Citation(Fields):
    """The words with which an honour was given."""

    shorthand: ClassVar[str] = "text"

    text: Annotated[Text, Label("文字", "颁奖词原文", "心里装着群众的人。")]
    source: Annotated[SourceRef | None, Label("来源", "出自哪里", "rushan-answer-sheet")] = None


class Figure(Record):
    """A person or a group that is shown as a model."""

    type: Annotated[
        Annotated[str, Choice(("个人", "individual"), ("群体", "group"))],
        Label("类型", "一个人还是一个群体", "个人"),
    ]
    role: Annotated[Text | None, Label("身份", "职业、职务或称号", "特警")] = None
    organisation: Annotated[
        Annotated[Text, Ref(("organisation",), "人物")] | None,
        Label("单位", "所在的单位", "向群村党总支"),
    ] = None
    honours: Annotated[Many[Award], Label("荣誉", "获得的荣誉")] = ()
    citation: Annotated[Citation | None, Label("颁奖词", "颁奖词或评语")] = None
    members: Annotated[
        Many[Annotated[Text, Ref(("figure",), "所属群体")]],
        Label("成员", "群体的成员", "陈淑明"),
    ] = ()
    brands: Annotated[
        Many[Annotated[Text, Ref(("brand",), "人物")]],
        Label("品牌", "参与的品牌", "蛎乡说理"),
    ] = ()
    consent: Annotated[
        Text | None,
        Label("授权", "本人或家属同意公开的依据", "2019 年签署授权书", private=True),
    ] = None
