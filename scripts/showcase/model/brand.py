"""品牌: a party-building brand; its body is the case study."""

from __future__ import annotations

from typing import Annotated, ClassVar

from showcase.model.fields import Fields, Label, Ref
from showcase.model.honour import Award
from showcase.model.record import Record, SourceRef
from showcase.model.types import Date, Many, Text


class Result(Fields):
    """A figure that the brand achieved."""

    label: Annotated[Text, Label("名目", "这个数说的是什么", "助学募集爱心款")]
    value: Annotated[Text, Label("数值", "数，或者像 18+N 这样的写法", "9931")]
    unit: Annotated[Text | None, Label("单位", "数的单位", "元")] = None
    as_of: Annotated[Date | None, Label("截至", "到哪一天为止的数", "2019-12")] = None
    source: Annotated[SourceRef | None, Label("来源", "数出自哪里", "liu-li-zhangjiagang")] = None


class Brand(Record):
    """A party-building brand."""

    slogan: Annotated[Text | None, Label("口号", "品牌的口号", "党群同心，向阳花开")] = None
    meaning: Annotated[Text | None, Label("释义", "名称的含义", "像向日葵一样心向太阳")] = None
    launched: Annotated[Date | None, Label("启用", "品牌揭牌或启用的日期", "2019-03")] = None
    level: Annotated[Text | None, Label("层级", "品牌属于哪一级", "村级")] = None
    themes: Annotated[
        Many[Annotated[Text, Ref(("theme",), "品牌")]],
        Label("主题", "品牌围绕的主题", "理论宣讲"),
    ] = ()
    lead: Annotated[
        Annotated[Text, Ref(("organisation",), "牵头的品牌")] | None,
        Label("牵头单位", "牵头的单位", "向群村党总支"),
    ] = None
    partners: Annotated[
        Many[Annotated[Text, Ref(("organisation",), "共建的品牌")]],
        Label("共建单位", "一起共建的单位", "向群村党总支"),
    ] = ()
    venues: Annotated[
        Many[Annotated[Text, Ref(("venue",), "使用这一阵地的品牌")]],
        Label("阵地", "品牌活动的场所", "科技馆"),
    ] = ()
    teams: Annotated[
        Many[Annotated[Text, Ref(("team",), "参与的品牌")]],
        Label("队伍", "参与的志愿服务队伍", "村级志愿服务队"),
    ] = ()
    figures: Annotated[
        Many[Annotated[Text, Ref(("figure",), "所属品牌")]],
        Label("人物", "品牌中的人物或群体", "红色乳娘"),
    ] = ()
    series: Annotated[
        Annotated[Text, Ref(("series",), "品牌")] | None,
        Label("系列", "所属的系列", "我们的节日"),
    ] = None
    honours: Annotated[Many[Award], Label("荣誉", "品牌获得的荣誉")] = ()
    results: Annotated[Many[Result], Label("成效", "能用数说明的成效")] = ()
    authors: Annotated[Many[Text], Label("作者", "案例的作者", "刘丽")] = ()
    references: Annotated[
        Many[Text],
        Label(
            "参考文献",
            "按 GB/T 7714 著录的参考文献",
            "刘春春. 推进农村新时代文明实践中心建设的几点建议[N]. 中国社会报, 2020-01-20(002).",
        ),
    ] = ()

    required_sections: ClassVar[tuple[str, ...]] = (
        "背景意义",
        "工作举措",
        "工作成效",
        "探索与思考",
    )
