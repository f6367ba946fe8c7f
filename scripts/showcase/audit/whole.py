"""What shows only when every file was read: links, titles, weights, what is left over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta

from showcase.audit import budgets
from showcase.audit.budgets import KIB
from showcase.audit.survey import Survey
from showcase.diagnostics import START, short
from showcase.pattern import pattern

STALE = timedelta(days=14)
"""A home page without news for so long is vetoed (see :mod:`showcase.audit.inspection`)."""
_EXPECTED = pattern(
    r"(?:index|404)\.html\Z|robots\.txt\Z|sitemap[^/]*\.xml(?:\.gz)?\Z|(?:.*/)?feed\.xml\Z|.*\.ics\Z"
    r"|_headers\Z|_redirects\Z|CNAME\Z|\.nojekyll\Z|favicon\.ico\Z|objects\.inv\Z|\.well-known/"
    r"|\.htaccess\Z|data/|search/(?:index|facets|sounds|search)\.js\Z|search/[tw]/[0-9]+\.js\Z|humans\.txt\Z"
)
_PATTERNS = "handbook/patterns/index.html"
_RECORD = pattern(r"search/r/([0-9]+)\.js\Z")
_COUNT = pattern(r"\"count\":([0-9]+)")
_TOP = ("", "top")


def links(survey: Survey) -> None:
    """Report addresses that lead nowhere: a missing file, or a missing place in a page."""
    for (file, fragment), places in survey.wanted.items():
        if file not in survey.files:
            for where, at, url in places:
                message = f"「{short(url)}」打不开：没有「{short(file)}」"
                survey.report("AUD001", where, message, survey.span(where, at))
        elif fragment not in _TOP and file in survey.pages:
            # Text fragments (#:~:text=…) are the browser's own.
            name = fragment.partition(":~:")[0]
            if name and name not in survey.pages[file].ids:
                for where, at, url in places:
                    message = f"「{short(url)}」：「{short(file)}」里没有「{short(name)}」这个位置"
                    survey.report("AUD002", where, message, survey.span(where, at))


def titles(survey: Survey) -> None:
    """Report pages that cannot be told apart by their titles."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name, page in survey.pages.items():
        if page.title and not page.redirect and not page.hidden:
            groups[page.title].append(name)
    for title, names in groups.items():
        for name in names[1:]:
            survey.report("AUD005", name, f"标题「{short(title)}」与「{names[0]}」相同")


def weights(survey: Survey) -> None:
    """Report pages that make a reader load more than the budget."""
    for name, page in survey.pages.items():
        parts = sum(survey.weights.get(part, 0) for part in dict.fromkeys(page.styles))
        # Compression only takes away: a page that fits as it is need not be packed.
        total = parts + page.size
        if total > budgets.PAGE:
            total = parts + _packed(survey, name)
        if total > budgets.PAGE:
            message = (
                f"第一次打开要下载 {total // KIB} KB（图片除外），限额 {budgets.PAGE // KIB} KB"
            )
            survey.report("AUD010", name, message)
        shown = dict.fromkeys(page.pictures)
        pictures = sum(survey.files[part].size for part in shown if part in survey.files)
        if pictures > budgets.PICTURES:
            message = f"一打开就要下载 {pictures // KIB} KB 图片，限额 {budgets.PICTURES // KIB} KB"
            survey.report(
                "AUD010", name, message, help='请让下面的图片延后加载（loading="lazy"），或者缩小'
            )


def _packed(survey: Survey, name: str) -> int:
    file = survey.files[name]
    survey.weigh(name, file.path.read_bytes()[: budgets.FILE])
    return survey.weights.pop(name)


def left_over(survey: Survey) -> None:
    """Report files that nothing leads to from the home page."""
    reached = {name for name in survey.files if _EXPECTED.match(name)}
    reached |= {name for name, page in survey.pages.items() if page.redirect or page.hidden}
    if survey.known is not None:
        reached |= survey.known.assets & survey.files.keys()
    todo = list(reached)
    while todo:
        for name in survey.leads.get(todo.pop(), ()):
            if name not in reached and name in survey.files:
                reached.add(name)
                todo.append(name)
    count = _records(survey)
    for name in survey.files:
        record = _RECORD.match(name)
        if record is not None and count is not None and int(record[1]) < count:
            continue
        if name not in reached:
            survey.report("AUD015", name, "从首页点不到它，也没有别的文件用到它")


def _records(survey: Survey) -> int | None:
    """Return how many records the search index says it has."""
    file = survey.files.get("search/index.js")
    if file is None:
        return None
    found = _COUNT.search(file.path.read_text("utf-8", errors="replace")[:4096])
    return int(found[1]) if found else None


def blank(survey: Survey) -> None:
    """Report columns in which nothing stands."""
    for name, page in survey.pages.items():
        # The handbook's page of components shows what an empty column looks like.
        if page.empty is not None and not page.redirect and name != _PATTERNS:
            span = survey.span(name, page.empty)
            survey.report("AUD020", name, f"栏目「{short(page.title)}」里没有内容", span)


def stale_home(survey: Survey) -> None:
    """Report a home page without news, on sites that are inspected for it."""
    known = survey.known
    if known is None or not known.registered or "index.html" not in survey.files:
        return
    if known.newest is None:
        survey.report("AUD021", "index.html", "没有一条公开的记录写了日期")
    elif survey.day - known.newest > STALE:
        days = (survey.day - known.newest).days
        message = f"最新的内容是 {known.newest.isoformat()}，已经 {days} 天没有更新"
        survey.report("AUD021", "index.html", message)


def home_page(survey: Survey) -> None:
    """Report a site that cannot be opened at all."""
    if "index.html" not in survey.files:
        survey.report("AUD001", "index.html", "没有首页（index.html），网站打不开", START)


WHOLE: tuple[Callable[[Survey], None], ...] = (
    home_page, links, titles, weights, left_over, blank, stale_home,
)  # fmt: skip
