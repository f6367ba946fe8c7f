"""服务: what people can ask for, and how."""

from __future__ import annotations

from typing import Annotated

from showcase.model.fields import Label, Ref
from showcase.model.record import Record
from showcase.model.types import Many, Text


class Service(Record):
    """A service that people can ask for."""

    how: Annotated[Text | None, Label("方式", "怎么申请", "群众点单，平台派单")] = None
    audience: Annotated[Text | None, Label("对象", "为谁服务", "农村老年人")] = None
    steps: Annotated[Many[Text], Label("步骤", "办理的步骤", "群众点单")] = ()
    organisation: Annotated[
        Annotated[Text, Ref(("organisation",), "提供的服务")] | None,
        Label("单位", "提供服务的单位", "向群村党总支"),
    ] = None
    venue: Annotated[
        Annotated[Text, Ref(("venue",), "这里提供的服务")] | None,
        Label("阵地", "提供服务的场所", "科技馆"),
    ] = None
    themes: Annotated[
        Many[Annotated[Text, Ref(("theme",), "服务")]],
        Label("主题", "服务的主题", "文化活动"),
    ] = ()
    contact: Annotated[Text | None, Label("联系", "联系方式", "到村委会办理")] = None
