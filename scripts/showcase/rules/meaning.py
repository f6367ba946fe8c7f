"""Rules about what records say together: fields that fit no folder, tiers, teams, twins, gaps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from types import MappingProxyType

from msgspec import Struct

from showcase.diagnostics import Diagnostic, Severity, short
from showcase.fold import key
from showcase.graph import Graph
from showcase.load import Entry
from showcase.model import KINDS, PUBLISHED, Kind
from showcase.model.brand import Brand
from showcase.model.place import Place
from showcase.model.team import Team
from showcase.model.venue import TIERS, Venue
from showcase.pattern import pattern
from showcase.rules.claims import overstated_honour
from showcase.rules.quantities import contradicting_number
from showcase.source import Path

_PLAN = pattern(r"(\d{1,3})\+N")
_SLOT = pattern(r"第?(\d{1,3})(?:/\d{1,3})?[号支]?")
_HEADING = pattern(r"(#{1,6})([^#\n][^\n]{0,60})")
_FENCE = pattern(r"[ \t]{0,3}(```|~~~)")
_NUMBERING = pattern(r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]?)?\s*")
_JOINERS = {ord(sign): "" for sign in "与和及的"}


def wrong_folder(graph: Graph) -> Iterator[Diagnostic]:
    """记录放错了文件夹

    文件夹决定记录的种类。放错了，它的字段就不认识，内容也显示不全。

    错误：content/brands/王伟.md 里写着「类型: 个人」「身份: 特警」

    正确：content/figures/王伟.md
    """
    for entry in graph.entries:
        if entry.sound:
            continue  # It has no unknown field.
        unknown = _unknown_fields(entry)
        kinds = _kinds_meant(entry, unknown) if unknown else []
        if len(kinds) == 1:
            meant = kinds[0]
            names = "、".join(f"「{short(str(path[-1]))}」" for path in unknown[:3])
            yield Diagnostic(
                "SRC023",
                Severity.ERROR,
                entry.file,
                entry.document.key_span(unknown[0]),
                str(unknown[0][-1]),
                f"{names}是{meant.label}的字段，这条记录却放在{entry.kind.label}里",
                f"如果它是{meant.label}，请移到 content/{meant.plural}，字段不用改",
            )


def lower_parent(graph: Graph) -> Iterator[Diagnostic]:
    """上级阵地的层级比下级低

    阵地按中心、所、站、基地、户从高到低排列，上级不能比下级低，否则阵地网络就画反了。

    错误：层级为「所」的阵地，上级是一个「站」

    正确：「所」的上级是「中心」
    """
    for entry in graph.of("venue"):
        own = _rank(entry.as_a(Venue).tier)
        parent = graph.target(entry, "parent")
        if parent is None or own is None:
            continue
        if _rank(parent.as_a(Venue).tier) is None:
            # Between the two may stand venues whose tier no source states.
            chain = (
                one for one in graph.ancestors(parent) if _rank(one.as_a(Venue).tier) is not None
            )
            parent = next(chain, parent)
        above = _rank(parent.as_a(Venue).tier)
        if above is not None and above > own and parent is not entry:
            tiers = entry.as_a(Venue).tier, parent.as_a(Venue).tier
            yield entry.report(
                "REF005",
                Severity.ERROR,
                ("parent",),
                f"上级「{short(parent.record.title)}」是「{tiers[1]}」，比这个「{tiers[0]}」的层级低",
                "请核对两处的「层级」和「上级」：从高到低是中心、所、站、基地、户",
            )


def team_slots(graph: Graph) -> Iterator[Diagnostic]:
    """编号的队伍有缺漏或重复

    “18+N”表示应当有 1 到 18 号队伍。编了号的队伍少了几号，或者两支队伍同号，多半是漏录或
    写错。

    错误：“5+N”下面只有 1、2、2、5 号

    正确：1 到 5 号各有一支
    """
    plans: dict[str, list[tuple[Entry, int]]] = defaultdict(list)
    groups: dict[tuple[str, Entry | None], list[tuple[int, Entry]]] = defaultdict(list)
    for entry in graph.of("team"):
        if not entry.sound:
            continue  # It may have no level.
        team = entry.as_a(Team)
        slot = "".join((team.slot or "").split()).replace("＋", "+")
        if plan := _PLAN.fullmatch(slot):
            plans[team.level].append((entry, int(plan[1])))
        elif number := _SLOT.fullmatch(slot):
            groups[team.level, _ground(graph, entry, team.level)].append((int(number[1]), entry))
    for (level, place), numbered in groups.items():
        yield from _twice(numbered)
        above = [None, place, *(graph.ancestors(place) if place is not None else ())]
        for planned, count in plans[level]:
            if place is None or graph.target(planned, "place") in above:
                yield from _gaps(planned, count, place, numbered)


def missing_sections(graph: Graph) -> Iterator[Diagnostic]:
    """案例缺少必要的部分

    品牌案例写明背景意义、工作举措、工作成效、探索与思考四个部分，只有标题、下面没有内容的不算写了。
    只有几句介绍、还不是案例的品牌不用写。

    错误：有「## 背景意义」和「## 工作举措」，没有后两部分

    正确：四个部分都有，标题用「## 」
    """
    for entry in graph.of("brand"):
        wanted = entry.record.required_sections
        if not wanted:
            continue
        sections = _sections(entry.body)
        headings = {_heading(one.title) for one in sections}
        missing = [title for title in wanted if _heading(title) not in headings]
        begun = bool(entry.as_a(Brand).authors) or len(missing) < len(wanted)
        if begun and missing:
            titles = "、".join(f"「{title}」" for title in missing)
            span = entry.body_span(0, 0) if entry.body.strip() else entry.span("title")
            first = re.search(r"\S.*", entry.body)
            if first is not None:
                span = entry.body_span(*first.span())
            yield Diagnostic(
                "TXT018",
                Severity.WARNING,
                entry.file,
                span,
                "正文",
                f"这篇案例缺少{titles}",
                f"请加上标题「## {missing[0]}」，在下面写这一部分",
            )
        published = entry.record.status == PUBLISHED
        titles_wanted = {_heading(title) for title in wanted}
        for one in sections:
            if _heading(one.title) in titles_wanted and not one.filled and published:
                yield Diagnostic(
                    "TXT018",
                    Severity.WARNING,
                    entry.file,
                    entry.body_span(one.start, one.end),
                    "正文",
                    f"「{short(one.title.strip())}」下面没有内容",
                    "请在标题下面写这一部分，或者先把记录的状态写成「草稿」",
                )


def twin_figures(graph: Graph) -> Iterator[Diagnostic]:
    """同一个人可能录了两次

    姓名相同、单位或地区也相同的两个人物，多半是同一个人。分成两条，读者只看到一半事迹。

    错误：content/figures/王伟.md 和 content/figures/特警王伟.md，名称都是王伟，地区都是乳山市

    正确：合并成一条；确是同名的两个人，在「豁免」里写明原因
    """
    names: dict[str, list[Entry]] = defaultdict(list)
    for entry in graph.of("figure"):
        names[key(entry.record.title)].append(entry)
    for same in names.values():
        for index, entry in enumerate(same):
            earlier = next((one for one in same[:index] if _alike(graph, one, entry)), None)
            if earlier is not None:
                where = f"{earlier.file}:{earlier.span().line}"
                yield entry.report(
                    "REF007",
                    Severity.WARNING,
                    ("title",),
                    f"「{short(entry.record.title)}」可能已经录过：{where} 的名称、单位或地区相同",
                    "是同一个人就请合并成一条；确是两个人，请在「豁免」里写明原因",
                )


RULES = MappingProxyType(
    {
        "SRC023": wrong_folder,
        "REF005": lower_parent,
        "REF006": team_slots,
        "REF007": twin_figures,
        "TXT016": overstated_honour,
        "TXT017": contradicting_number,
        "TXT018": missing_sections,
    }
)


def _unknown_fields(entry: Entry) -> list[Path]:
    """Return the typed paths of a record's own fields that its kind does not have."""
    base = entry.base
    known = set(entry.paths.values())
    names = _names(entry.kind) | {"id", "编号"}
    return [
        path
        for path in _typed_fields(entry)
        if path not in known and str(path[-1]) not in names and path[:-1] == base
    ]


def _typed_fields(entry: Entry) -> list[Path]:
    base, data = entry.base, entry.document.data
    for step in base:
        data = data[step] if isinstance(data, list) and isinstance(step, int) else None
    return [(*base, name) for name in data] if isinstance(data, dict) else []


def _names(kind: Kind) -> set[str]:
    return {
        name for field in kind.fields for name in (field.name, field.label.name, *field.label.also)
    }


def _kinds_meant(entry: Entry, unknown: list[Path]) -> list[Kind]:
    """Return the kinds whose records a record looks like: all its fields are theirs.

    One field that is elsewhere is a slip; two, or one that the other kind requires, are a record
    in the wrong folder.
    """
    typed = {str(path[-1]) for path in _typed_fields(entry)} - {"id", "编号"}
    strange = {str(path[-1]) for path in unknown}
    found = []
    for kind in KINDS.values():
        required = [
            {field.name, field.label.name}
            for field in kind.fields
            if field.required and field.name != "title"
        ]
        if kind is entry.kind or not typed <= _names(kind):
            continue
        telling = any(names & strange for names in required)
        if all(names & typed for names in required) and (telling or len(strange) > 1):
            found.append(kind)
    return found


def _rank(tier: str | None) -> int | None:
    """Return how far down a tier is; ``None`` where no source states it."""
    ranks = TIERS.values[:-1]
    return ranks.index(tier) if tier in ranks else None


def _ground(graph: Graph, team: Entry, level: str) -> Entry | None:
    """Return the place that a team is counted in: the city, town or village of its level."""
    place = graph.target(team, "place")
    if place is None:
        return None
    around = [place, *graph.ancestors(place)]
    return next((one for one in around if level in (one.as_a(Place).level or "")), place)


def _twice(numbered: list[tuple[int, Entry]]) -> Iterator[Diagnostic]:
    seen: dict[int, Entry] = {}
    for number, entry in numbered:
        if number in seen:
            first = seen[number]
            yield entry.report(
                "REF006",
                Severity.WARNING,
                ("slot",),
                f"{number} 号队伍已经有「{short(first.record.title)}」"
                f"（{first.file}:{first.span().line}）",
                "请核对序号，每个号只有一支队伍",
            )
        seen.setdefault(number, entry)


def _gaps(
    plan: Entry, count: int, place: Entry | None, numbered: list[tuple[int, Entry]]
) -> Iterator[Diagnostic]:
    have = {number for number, _ in numbered}
    missing = [str(number) for number in range(1, count + 1) if number not in have]
    if missing:
        where = f"{short(place.record.title)}的" if place is not None else ""
        shown = "、".join(missing[:20]) + (" 等" if len(missing) > 20 else "")
        yield plan.report(
            "REF006",
            Severity.WARNING,
            ("slot",),
            f"{where}队伍编号 1 到 {count}，缺少 {shown} 号",
            "请补上缺少的队伍，或核对已有队伍的「序号」",
        )


class _Section(Struct):
    """A heading, where it stands in the body, and whether any text belongs to it."""

    title: str
    level: int
    start: int
    end: int
    filled: bool = False


def _sections(body: str) -> list[_Section]:
    """Return the sections of a body; what stands in a code block is no heading."""
    found: list[_Section] = []
    within: list[_Section] = []
    at, fence = 0, ""
    for line in body.split("\n"):
        mark = _FENCE.match(line)
        if mark is not None and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        heading = _HEADING.match(line) if not fence else None
        if heading is not None:
            level = len(heading[1])
            within = [one for one in within if one.level < level]
            within.append(_Section(heading[2], level, at, at + len(line)))
            found.append(within[-1])
        elif line.strip():
            for one in within:
                one.filled = True
        at += len(line) + 1
    return found


def _heading(text: str) -> str:
    """Return what counts in a heading: without its number, and however its parts are joined."""
    plain = text.strip("*_# \t")
    numbering = _NUMBERING.match(plain)
    return key(plain[numbering.end() if numbering else 0 :]).translate(_JOINERS)


def _alike(graph: Graph, one: Entry, other: Entry) -> bool:
    """Whether two records of one name have one organisation, or one place and no other one."""
    if key(one.id) == key(other.id):
        return False  # The rule about ids reports them.
    units = graph.target(one, "organisation"), graph.target(other, "organisation")
    if None not in units:
        return units[0] is units[1]
    places = graph.target(one, "place"), graph.target(other, "place")
    return places[0] is not None and places[0] is places[1]
