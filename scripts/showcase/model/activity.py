"""活动: something held at a time and place, once or regularly."""

from __future__ import annotations

from typing import Annotated, ClassVar

from showcase.model.fields import Fields, Label, Ref
from showcase.model.record import Record
from showcase.model.types import Amount, Count, Date, Many, Rhythm, Text


class Funds(Fields):
    """Money raised or spent."""

    shorthand: ClassVar[str] = "amount"

    amount: Annotated[Amount, Label("金额", "款项的数额", "9931")]
    unit: Annotated[Text | None, Label("单位", "款项的单位", "元")] = None
    kind: Annotated[Text | None, Label("性质", "募集、补助还是支出", "募集爱心款")] = None


class Activity(Record):
    """Something held at a time and place."""

    start: Annotated[
        Date | None, Label("开始", "开始的日期", "2019-03", mistaken=("日期", "时间", "date"))
    ] = None
    end: Annotated[Date | None, Label("结束", "结束的日期", "2019-03-18")] = None
    regular: Annotated[Rhythm | None, Label("常态化", "是否常年举办；也可以写明多久一次", "是")] = (
        None
    )
    venue: Annotated[
        Annotated[Text, Ref(("venue",), "在这里举办的活动")] | None,
        Label("阵地", "举办的场所", "科技馆"),
    ] = None
    host: Annotated[
        Annotated[Text, Ref(("organisation",), "主办的活动")] | None,
        Label("主办", "主办单位", "向群村党总支"),
    ] = None
    organisers: Annotated[
        Many[Annotated[Text, Ref(("organisation",), "承办的活动")]],
        Label("承办", "承办单位", "向群村党总支"),
    ] = ()
    partners: Annotated[
        Many[Annotated[Text, Ref(("organisation",), "协办的活动")]],
        Label("协办", "协办单位", "向群村党总支"),
    ] = ()
    brand: Annotated[
        Annotated[Text, Ref(("brand",), "活动")] | None,
        Label("品牌", "属于哪个品牌", "党群同心·向阳花开"),
    ] = None
    series: Annotated[
        Annotated[Text, Ref(("series",), "活动")] | None,
        Label("系列", "属于哪个系列", "我们的节日"),
    ] = None
    themes: Annotated[
        Many[Annotated[Text, Ref(("theme",), "活动")]],
        Label("主题", "活动的主题", "理论宣讲"),
    ] = ()
    teams: Annotated[
        Many[Annotated[Text, Ref(("team",), "参加的活动")]],
        Label("队伍", "参加的队伍", "村级志愿服务队"),
    ] = ()
    attendance: Annotated[Count | None, Label("参与人次", "多少人次参加", "120")] = None
    volunteers: Annotated[Count | None, Label("志愿者人数", "多少志愿者参加", "16")] = None
    hours: Annotated[Amount | None, Label("服务时长", "志愿服务的小时数", "48")] = None
    funds: Annotated[Funds | None, Label("款项", "募集或使用的款项")] = None
    outcome: Annotated[Text | None, Label("成效", "活动的结果", "为优秀学子助学圆梦")] = None
