"""The table of kinds: the single source of what can be recorded and where it lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from msgspec import Struct

from showcase.model.activity import Activity
from showcase.model.brand import Brand
from showcase.model.fields import Field, Fields, fields_of
from showcase.model.figure import Figure
from showcase.model.honour import Honour
from showcase.model.indicator import Indicator
from showcase.model.organisation import Organisation
from showcase.model.place import Place
from showcase.model.record import Record
from showcase.model.series import Series
from showcase.model.service import Service
from showcase.model.source import Source
from showcase.model.team import Team
from showcase.model.theme import Theme
from showcase.model.venue import Venue


class Kind(Struct, frozen=True):
    """A type of record: its words, its folder and address, the class that reads it."""

    name: str
    label: str
    plural: str
    about: str
    record: type[Record]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields a record of this kind can have."""
        return fields_of(self.record)

    @property
    def nests(self) -> bool:
        """Whether a record of this kind can lie in another of it."""
        return "parent" in self.record.model_fields


_TABLE = (
    Kind("brand", "品牌", "brands", "党建品牌和它的案例", Brand),
    Kind("figure", "人物", "figures", "模范人物和群体", Figure),
    Kind("activity", "活动", "activities", "举办过的和常年举办的活动", Activity),
    Kind("venue", "阵地", "venues", "中心、所、站、基地和户", Venue),
    Kind("team", "队伍", "teams", "市、镇、村的志愿服务队伍", Team),
    Kind("service", "服务", "services", "群众可以申请的服务", Service),
    Kind("indicator", "指标", "indicators", "有出处的数", Indicator),
    Kind("series", "系列", "series", "连续举办的系列活动", Series),
    Kind("honour", "荣誉", "honours", "授予人物和品牌的荣誉", Honour),
    Kind("organisation", "单位", "organisations", "牵头、主办和参与的单位", Organisation),
    Kind("theme", "主题", "themes", "品牌和活动围绕的主题", Theme),
    Kind("place", "地区", "places", "市、镇、村和社区", Place),
    Kind("source", "来源", "sources", "内容所依据的文章和资料", Source),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _TABLE})
"""Every kind by its English name, in the order in which the site shows them."""


@cache
def kind_named(word: str) -> Kind | None:
    """Return the kind that a word names: English or Chinese, singular or folder name."""
    return next(
        (kind for kind in _TABLE if word.lower() in (kind.name, kind.plural, kind.label)), None
    )


def all_fields(cls: type[Fields]) -> Iterator[Field]:
    """Yield the fields of a class and of the classes nested in it."""
    for field in fields_of(cls):
        yield field
        if field.nested is not None:
            yield from all_fields(field.nested)


@cache
def _words() -> frozenset[str]:
    words = {"id", "编号"}
    for cls in (*(kind.record for kind in _TABLE),):
        for field in all_fields(cls):
            words |= {field.name, field.label.name, *field.label.also}
    return frozenset(words)


def is_field(word: str) -> bool:
    """Tell whether a word is the name of a field of any kind."""
    return word in _words()
