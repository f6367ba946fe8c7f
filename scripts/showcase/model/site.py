"""站点: the settings that staff keep in ``content/site.yml``."""

from __future__ import annotations

from typing import Annotated

from showcase.model.fields import Fields, Label, Ref
from showcase.model.types import Many, Summary, Text, WebAddress


class Contact(Fields):
    """How readers reach the office."""

    phone: Annotated[Text | None, Label("电话", "办公电话")] = None
    email: Annotated[Text | None, Label("邮箱", "公务邮箱")] = None
    address: Annotated[Text | None, Label("地址", "通信地址")] = None


class OutsideLink(Fields):
    """A link to another site."""

    name: Annotated[Text, Label("名称", "网站的名称", "中国政府网")]
    url: Annotated[WebAddress, Label("网址", "完整的网址", "https://www.gov.cn/")]


class Site(Fields):
    """The site's own data: what stands in its header, on its home page and in its footer."""

    name: Annotated[
        Text, Label("站名", "网站的名称", "文明实践品牌风采", mistaken=("名称", "标题", "title"))
    ] = "品牌风采"
    slogan: Annotated[Text | None, Label("口号", "站名下面的一句话")] = None
    intro: Annotated[Text | None, Label("简介", "首页开头的介绍")] = None
    description: Annotated[Summary | None, Label("描述", "搜索引擎和分享时显示的一句话")] = None
    locality: Annotated[Text | None, Label("地区", "网站所属的地区")] = None
    host: Annotated[Text | None, Label("主办单位", "主办网站的单位")] = None
    contact: Annotated[Contact | None, Label("联系方式", "电话、邮箱、地址")] = None
    featured: Annotated[
        Many[
            Annotated[Text, Ref(("brand", "figure", "activity", "venue", "service", "indicator"))]
        ],
        Label("首页推荐", "首页突出展示的记录", "党群同心·向阳花开"),
    ] = ()
    icp: Annotated[Text | None, Label("备案号", "ICP 备案号", "苏ICP备12345678号-1")] = None
    police: Annotated[
        Text | None, Label("公安备案号", "公安联网备案号", "苏公网安备 32058202000001号")
    ] = None
    code: Annotated[Text | None, Label("标识码", "政府网站标识码", "3205820001")] = None
    links: Annotated[Many[OutsideLink], Label("友情链接", "底部的链接")] = ()
