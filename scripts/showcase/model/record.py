"""The fields that every kind of record has."""

from __future__ import annotations

from typing import Annotated, ClassVar

from showcase.model.fields import Fields, Label, Ref
from showcase.model.types import Choice, Date, Many, ReviewNumber, Slug, Summary, Text

DRAFT, PUBLISHED, WITHDRAWN = "草稿", "公开", "撤下"

Status = Annotated[
    str,
    Choice((DRAFT, "draft"), (PUBLISHED, "published"), (WITHDRAWN, "withdrawn"), code="DAT005"),
]
MINORS, HIDDEN = "有", "已遮挡"
YesNo = Annotated[str, Choice(("是", "yes"), ("否", "no"))]
SourceRef = Annotated[Text, Ref(("source",), "引用这一来源的内容")]


class Photo(Fields):
    """A picture that belongs to a record."""

    file: Annotated[Text, Label("文件", "照片的文件名，放在记录旁边", "活动现场.jpg")]
    alt: Annotated[
        Text, Label("说明", "看不见照片的人靠它知道照片里有什么", "志愿者在村口为老人读报")
    ]
    caption: Annotated[Text | None, Label("图注", "显示在照片下面的文字", "助学活动现场")] = None
    credit: Annotated[Text | None, Label("来源", "谁拍的，或者由谁提供", "向群村党总支提供")] = None
    minors: Annotated[
        Annotated[str, Choice(("无", "none"), (MINORS, "visible"), (HIDDEN, "hidden"))] | None,
        Label("未成年人", "照片里有没有认得出来的未成年人；打了马赛克的写「已遮挡」", "无"),
    ] = None
    guardian_consent: Annotated[
        Text | None,
        Label(
            "监护人同意",
            "监护人同意公开的依据；照片里有未成年人时必须写",
            "2025 年 6 月签署同意书，村委会存档",
            private=True,
        ),
    ] = None
    map: Annotated[YesNo | None, Label("地图", "这是不是地图；画了行政区划界线的都算", "否")] = None
    review_number: Annotated[
        ReviewNumber | None,
        Label("审图号", "地图审核批准的编号，和地图一起公开", "GS(2024)1234号"),
    ] = None

    @property
    def withheld(self) -> bool:
        """Whether it must not be published as it stands.

        A child's face needs its guardian's consent, a map the number of its review.
        """
        unguarded = self.minors == MINORS and self.guardian_consent is None
        return unguarded or (self.map == "是" and self.review_number is None)


class Exemption(Fields):
    """A rule that does not hold for this record, with the reason."""

    rule: Annotated[Text, Label("规则", "规则的编号", "TXT004")]
    reason: Annotated[Text, Label("原因", "为什么这条规则在这里不适用", "原文如此，照录")]


class Record(Fields):
    """One entry of a kind, as a person wrote it, with values instead of text."""

    title: Annotated[
        Text,
        Label(
            "名称",
            "记录的全名，网页的标题",
            "党群同心·向阳花开",
            mistaken=("标题", "题目", "姓名", "名字", "name"),
        ),
    ]
    summary: Annotated[
        Summary | None,
        Label(
            "简介",
            "一两句话，列表和分享时显示",
            "机关与村党组织共建的党建品牌。",
            mistaken=("摘要", "概述", "说明", "介绍", "description"),
        ),
    ] = None
    status: Annotated[
        Status,
        Label(
            "状态",
            "只有「公开」的记录会出现在网站上",
            "公开",
            mistaken=(
                *("draft", "草稿", "published", "发布", "publish"),
                *("state", "公开", "是否公开", "撤下", "可见", "visible", "visibility"),
                *("private", "public", "hidden", "隐藏", "保密"),
            ),
        ),
    ] = PUBLISHED
    publish_on: Annotated[Date | None, Label("发布日期", "从这一天起公开", "2019-03-18")] = None
    expire_on: Annotated[Date | None, Label("下线日期", "从这一天起不再公开", "2030-12-31")] = None
    tombstone: Annotated[
        Text | None,
        Label(
            "撤下说明",
            "撤下以后在原来的网址上显示的话；不写，原来的网址就没有网页",
            "应本人要求撤下。",
        ),
    ] = None
    slug: Annotated[
        Slug | None, Label("网址名", "网页地址的最后一段；不写就用拼音", "xiang-yang-hua-kai")
    ] = None
    aliases: Annotated[
        Many[Text], Label("曾用", "曾用名、简称、繁体写法；旧网址也靠它保留", "向阳花开")
    ] = ()
    tags: Annotated[Many[Text], Label("标签", "自由的关键词", "城乡共建")] = ()
    place: Annotated[
        Annotated[Text, Ref(("place",), "这里的{kind}")] | None,
        Label("地区", "属于哪个地区（地区的名称）", "向群村"),
    ] = None
    photos: Annotated[
        Many[Photo], Label("照片", "放在记录旁边的照片", mistaken=("图片", "相片"))
    ] = ()
    sources: Annotated[
        Many[SourceRef], Label("来源", "内容出自哪里（来源的名称）", "liu-li-zhangjiagang")
    ] = ()
    body: Annotated[
        Text | None,
        Label("正文", "列表文件里的正文；单独成文件的记录，正文写在「---」下面", "第一段。"),
    ] = None
    exemptions: Annotated[
        Many[Exemption], Label("豁免", "这条记录不适用的规则和原因", private=True)
    ] = ()
    notes: Annotated[
        Text | None, Label("备注", "只给工作人员看，不会公开", "等待复核", private=True)
    ] = None

    required_sections: ClassVar[tuple[str, ...]] = ()
    """Headings that the body of this kind should have."""
