"""Files for programs: feeds, calendars, maps of the site, lists of addresses, datasets, headers."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from xml.etree import ElementTree as ET

from icalendar import Calendar, Component
from icalendar.error import InvalidCalendar

from showcase.audit.reading import directive
from showcase.audit.survey import Survey
from showcase.diagnostics import Lines, Span, short
from showcase.pattern import pattern

ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_RFC3339 = pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)\Z")
_W3C = pattern(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?\Z")
_FORMULA = pattern(r"[=@\t\r]|[+-](?![0-9.,%\s]*\Z)")
_MOST = 20
_LINE = 75
_DECLARED = pattern(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def feeds(survey: Survey) -> None:
    """Report feeds that a reader program would refuse (RFC 4287)."""
    for name, text in survey.texts.items():
        if not name.endswith((".xml", ".atom")) or name.rpartition("/")[2].startswith("sitemap"):
            continue
        root = _xml(survey, "AUD016", name, text)
        if root is None:
            continue
        if root.tag != f"{ATOM}feed":
            survey.report("AUD016", name, "最外层不是 Atom 的 <feed>")
            continue
        for message in islice(_feed(root, placed=bool(survey.home.host)), _MOST):
            survey.report("AUD016", name, message)
        for element in root.iter():
            if element.tag in (f"{ATOM}updated", f"{ATOM}published"):
                _not_future(survey, name, element.text or "")
        for link in root.iter(f"{ATOM}link"):
            _lead(survey, name, link.get("href", ""), "AUD016")


def _feed(root: ET.Element, *, placed: bool) -> Iterator[str]:
    """Yield what is wrong with a feed; sections of RFC 4287 in comments."""
    yield from _once(root, "这份订阅", ("id", "title", "updated"))  # 4.1.1
    entries = root.findall(f"{ATOM}entry")
    if root.find(f"{ATOM}author") is None and any(
        entry.find(f"{ATOM}author") is None for entry in entries
    ):
        yield "没有写作者：<feed> 或者每个 <entry> 要有 <author>"
    own = any(link.get("rel") == "self" for link in root.findall(f"{ATOM}link"))
    if placed and not own:  # a site that does not know its address cannot name the feed's
        yield '没有写自己的地址：<link rel="self">'
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        what = f"第 {number} 条"
        yield from _once(entry, what, ("id", "title", "updated"))  # 4.1.2
        id = (entry.findtext(f"{ATOM}id") or "").strip()
        if id in seen:
            yield f"{what}的 id 与前面的重复"
        seen.add(id)
        alternate = any(
            link.get("rel", "alternate") == "alternate" for link in entry.findall(f"{ATOM}link")
        )
        if entry.find(f"{ATOM}content") is None and not alternate:
            yield f"{what}既没有内容，也没有链接"
    for element in root.iter():
        stated = element.tag in (f"{ATOM}updated", f"{ATOM}published")  # 3.3
        if stated and not _RFC3339.match((element.text or "").strip()):
            yield f"时间「{short(element.text or '')}」不合 RFC 3339"


def _once(element: ET.Element, what: str, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        found = element.findall(f"{ATOM}{name}")
        if len(found) != 1:
            yield f"{what}应当有一个 <{name}>，现在有 {len(found)} 个"
        elif not "".join(found[0].itertext()).strip():
            yield f"{what}的 <{name}> 是空的"


def _xml(survey: Survey, code: str, name: str, text: str) -> ET.Element | None:
    declared = _DECLARED.search(text)
    if declared is not None:
        # Entities could be made to grow without bounds; neither a feed nor a map needs them.
        survey.report(code, name, "XML 里不应有 DOCTYPE 或实体声明", _at(text, declared.start()))
        return None
    try:
        return ET.fromstring(text)  # noqa: S314 - nothing is declared in it, see above
    except ET.ParseError as error:
        line, column = error.position
        survey.report(code, name, "XML 读不出来", Span(line, column + 1, line, column + 1))
    except ValueError:
        survey.report(code, name, "XML 读不出来：编码的声明不对")
    return None


def _at(text: str, offset: int) -> Span:
    return Lines(text).span(offset, offset)


def _lead(survey: Survey, name: str, url: str, code: str) -> None:
    target = survey.home.leads(url, name)
    if target.bad:
        survey.report(code, name, f"地址「{short(url)}」{target.bad}")
    survey.lead(name, target, url)


def _not_future(survey: Survey, name: str, text: str) -> None:
    try:
        stated = datetime.fromisoformat(text.strip())
    except ValueError:
        return
    if stated.date() > survey.day + timedelta(days=1):
        survey.report("AUD019", name, f"时间「{short(text.strip())}」在将来")


def sitemaps(survey: Survey) -> None:
    """Report maps that do not agree with the pages (sitemaps.org)."""
    for name, text in survey.texts.items():
        if not name.rpartition("/")[2].startswith("sitemap"):
            continue
        root = _xml(survey, "AUD018", name, text)
        if root is None:
            continue
        listed: set[str] = set()
        for element in root.iter(f"{_SITEMAP}loc"):
            url = (element.text or "").strip()
            target = survey.home.leads(url, name)
            if not url.startswith(("http://", "https://")):
                survey.report("AUD018", name, f"地址「{short(url)}」不是完整的网址")
            if target.path is None:
                survey.report("AUD018", name, f"地址「{short(url)}」不在本网站")
                continue
            file = survey.resolve(target.path)
            if file is None:
                survey.report("AUD018", name, f"地址「{short(url)}」没有对应的网页")
            elif file in listed:
                survey.report("AUD018", name, f"地址「{short(url)}」列了两次")
            else:
                listed.add(file)
                survey.leads.setdefault(name, set()).add(file)
        _dates(survey, name, root)
        if root.tag == f"{_SITEMAP}urlset" and name == "sitemap.xml" and listed:
            _all_listed(survey, name, listed, "网站地图")


def _dates(survey: Survey, name: str, root: ET.Element) -> None:
    for element in root.iter(f"{_SITEMAP}lastmod"):
        text = (element.text or "").strip()
        if not _W3C.match(text):
            survey.report("AUD018", name, f"日期「{short(text)}」的写法不对")
        _not_future(survey, name, text)


def _all_listed(survey: Survey, where: str, listed: set[str], what: str) -> None:
    for name, page in survey.pages.items():
        if not (name in listed or page.hidden or page.redirect or name == "404.html"):
            survey.report("AUD018", name, f"这一页不在{what}「{where}」里")


def manifest(survey: Survey) -> None:
    """Report addresses of the list that have no page, and pages that are not in it."""
    text = survey.texts.get("data/addresses.json")
    if text is None:
        return
    listed: set[str] = set()
    for address in _addresses(_json(text)):
        file = survey.resolve(address.lstrip("/"))
        if file is None:
            survey.report(
                "AUD018", "data/addresses.json", f"地址「{short(address)}」没有对应的网页"
            )
        else:
            listed.add(file)
    if listed:
        _all_listed(survey, "data/addresses.json", listed, "地址清单")


def _addresses(value: Any) -> Iterator[str]:
    """Yield the addresses of the list: keys of its mapping, at the top or in ``addresses``."""
    if isinstance(value, dict):
        inner = value.get("addresses", value)
        if isinstance(inner, dict):
            yield from (key for key in inner if key.endswith("/") or key == "")
        elif isinstance(inner, list):
            found = (item.get("address") for item in inner if isinstance(item, dict))
            yield from (address for address in found if isinstance(address, str))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def robots(survey: Survey) -> None:
    """Report a ``robots.txt`` that names a map which is not there, and redirects to nowhere."""
    for line in survey.texts.get("robots.txt", "").split("\n"):
        key, _, value = line.partition(":")
        if key.strip().lower() == "sitemap":
            _lead(survey, "robots.txt", value.strip(), "AUD018")
    for line in survey.texts.get("_redirects", "").split("\n"):
        words = line.partition("#")[0].split()
        if len(words) > 1 and ":" not in words[1].partition("/")[0] and "*" not in line:
            _lead(survey, "_redirects", words[1], "AUD018")


def headers(survey: Survey) -> None:
    """Report pages without the policy that others set, and header files that set none."""
    text = survey.texts.get("_headers", "")
    stated = re.findall(r"(?im)^\s+content-security-policy:\s*(.+)$", text)
    for policy in stated:
        for name in ("script-src", "default-src"):
            if "'unsafe-inline'" in (directive(policy, name) or ()):
                survey.report("AUD023", "_headers", f"策略的 {name} 允许行内脚本（unsafe-inline）")
                break
    # A page that only leads on may have a policy of its own, whatever the others do.
    if all(page.policy is None for page in survey.pages.values() if not page.redirect):
        return
    for name, page in survey.pages.items():
        if page.policy is None and not page.redirect:
            survey.report("AUD023", name, "别的网页都写了内容安全策略，这一页没有")


def calendars(survey: Survey) -> None:
    """Report calendars that a phone would not take (RFC 5545)."""
    for name, text in survey.texts.items():
        if name.endswith(".ics"):
            for message in islice(_calendar(survey, name, text), _MOST):
                survey.report("AUD017", name, message)


def _calendar(survey: Survey, name: str, text: str) -> Iterator[str]:
    """Yield what is wrong with a calendar: its lines first (3.1), then what they say."""
    raw = survey.files[name].path.read_bytes()
    if raw.replace(b"\r\n", b"").count(b"\n"):
        yield "行尾应当是回车加换行（CRLF）"
    for number, line in enumerate(text.split("\n"), 1):
        if len(line.encode()) > _LINE:
            yield f"第 {number} 行超过 {_LINE} 个字节，应当折行"
    try:
        calendar = Calendar.from_ical(raw)
    except (ValueError, InvalidCalendar, IndexError, KeyError):
        yield "日历读不出来"
        return
    yield from (f"没有 {key}" for key in ("VERSION", "PRODID") if key not in calendar)
    yield from _events(calendar)


def _events(calendar: Component) -> Iterator[str]:
    seen: set[str] = set()
    for number, event in enumerate(calendar.walk("VEVENT"), 1):
        what = f"第 {number} 个活动"
        needed = ("UID", "DTSTAMP", "DTSTART")
        yield from (f"{what}没有 {key}" for key in needed if key not in event)
        uid = str(event.get("UID", ""))
        if uid in seen:
            yield f"{what}的 UID 与前面的重复"
        seen.add(uid)
        yield from _span(event, what)


def _span(event: Any, what: str) -> Iterator[str]:
    start, end = (getattr(event.get(key), "dt", None) for key in ("DTSTART", "DTEND"))
    if start is None or end is None:
        return
    if isinstance(start, datetime) != isinstance(end, datetime):
        yield f"{what}的起止一个是日期、一个是时刻"
    elif not isinstance(start, datetime) and end <= start:
        yield f"{what}是全天的，结束日期应当是最后一天的第二天"
    elif isinstance(start, datetime) and _moment(end) < _moment(start):
        yield f"{what}的结束早于开始"


def _moment(value: date) -> datetime:
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def datasets(survey: Survey) -> None:
    """Report data that a program or a spreadsheet would not take, or take for a formula."""
    for name, text in survey.texts.items():
        if name.endswith(".json"):
            if _json(text) is None:
                survey.report("AUD027", name, "JSON 读不出来")
        elif name.endswith(".csv"):
            for message, line in islice(_table(survey, name, text), _MOST):
                survey.report("AUD027", name, message, Span(line, 1, line, 1))
    for name in [name for name in survey.texts if name.endswith("datapackage.json")]:
        package = _json(survey.texts[name])
        resources = package.get("resources", ()) if isinstance(package, dict) else ()
        for resource in resources if isinstance(resources, list) else ():
            path = resource.get("path") if isinstance(resource, dict) else None
            if isinstance(path, str):
                _lead(survey, name, path, "AUD027")


def _table(survey: Survey, name: str, text: str) -> Iterator[tuple[str, int]]:
    with survey.files[name].path.open("rb") as stream:
        if stream.read(3) != b"\xef\xbb\xbf":
            yield "开头没有 BOM，Excel 打开会是乱码", 1
    reader = csv.reader(io.StringIO(text, newline=""))
    width = 0
    try:
        for row in reader:
            width = width or len(row)
            if row and len(row) != width:
                yield f"这一行有 {len(row)} 列，表头有 {width} 列", reader.line_num
            for cell in row:
                if _FORMULA.match(cell):
                    yield "有单元格会被表格软件当作公式", reader.line_num
    except csv.Error:
        yield "表格读不出来", reader.line_num


FEEDS: tuple[Callable[[Survey], None], ...] = (
    feeds, sitemaps, manifest, robots, headers, calendars, datasets,
)  # fmt: skip
"""They add to what links must lead to, so they go before the links are judged."""
