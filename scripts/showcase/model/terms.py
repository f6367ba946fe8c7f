"""用词: the staff's own wording, kept in ``content/terms.yml``."""

from __future__ import annotations

from typing import Annotated

from showcase.model.fields import Fields, Label
from showcase.model.types import Many, Text


class Term(Fields):
    """Wordings that are not used, the one that is, and why."""

    avoid: Annotated[
        Many[Text],
        Label("不用", "不要用的写法，可以写几个", "文明实践所站", mistaken=("写法", "错误", "误")),
    ]
    prefer: Annotated[
        Text,
        Label("改用", "应当用的写法", "文明实践所（站）", mistaken=("正确", "应为", "规范", "正")),
    ]
    reason: Annotated[Text | None, Label("原因", "为什么这样写", "与文件的写法一致")] = None
    exceptions: Annotated[
        Many[Text],
        Label("例外", "里面有这个写法、但没有错的词句", "《文明实践所站巡礼》"),
    ] = ()
