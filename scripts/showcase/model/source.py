"""来源: a publication that facts are taken from, and its citation."""

from __future__ import annotations

from typing import Annotated

from showcase.model.fields import Label
from showcase.model.record import Record
from showcase.model.types import Date, Many, Text, WebAddress


class Source(Record):
    """A publication that facts are taken from."""

    authors: Annotated[Many[Text], Label("作者", "作者", "刘丽")] = ()
    editor: Annotated[Text | None, Label("责任编辑", "责任编辑", "吴维满")] = None
    publisher: Annotated[Text | None, Label("出版", "报刊或出版单位", "中国社会报")] = None
    date: Annotated[Date | None, Label("日期", "出版的日期", "2020-01-20")] = None
    issue: Annotated[Text | None, Label("刊期", "卷、期或版次", "2020(06)")] = None
    pages: Annotated[Text | None, Label("页码", "起止页码", "66-67")] = None
    url: Annotated[WebAddress | None, Label("网址", "原文的网址", "https://www.gov.cn/")] = None
