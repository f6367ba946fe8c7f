"""Reads the files of a site one after the other, and reports what each of them shows alone."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from showcase.audit.address import css_urls
from showcase.audit.budgets import FILE, KIB, PICTURE
from showcase.audit.files import PICTURES, Odd, SiteFile, read
from showcase.audit.page import MOST, Page, Use, read_page
from showcase.audit.pieces import Piece, metadata, pieces, spelt_out
from showcase.audit.survey import Survey
from showcase.diagnostics import START, Lines, Span, short
from showcase.pattern import pattern
from showcase.personal import Sort, find

SORTS = {
    Sort.IDENTITY: "居民身份证号",
    Sort.MOBILE: "手机号",
    Sort.CARD: "银行卡号",
    Sort.PASSPORT: "护照或通行证号码",
    Sort.PLATE: "车牌号",
    Sort.HOME: "家庭住址",
    Sort.MAILBOX: "个人邮箱",
}
_LISTS = ("search/t/", "search/w/", "search/facets", "search/sounds")
_KEPT = pattern(
    r"(?:.*/)?(?:sitemap[^/]*\.xml|feed\.xml|atom\.xml|[^/]+\.atom|[^/]+\.ics|robots\.txt"
    r"|_redirects|_headers|data/[^/]+\.(?:json|csv)|datapackage\.json)\Z"
)
_CALLS = pattern(
    r"(?:fetch|import|importScripts|sendBeacon|WebSocket|EventSource|Worker|open)\s*\(\s*"
    r"(?:[\"'](?:GET|POST)[\"']\s*,\s*)?[\"'`](?P<url>(?:https?:|wss?:)?//[^\"'`\s]+)"
    r"|\.(?:src|href|action)\s*=\s*[\"'`](?P<set>(?:https?:)?//[^\"'`\s]+)"
)
_LEAKS = pattern(
    r"(?<![\w./-])/(?:home|Users|root|tmp|var/(?:www|lib|folders|tmp)|private/var|opt|builds"
    r"|workspace|github/workspace)"
    r"/[\w.@+-]+(?:/[\w.@+-]+)*"
    r"|(?<![A-Za-z])[A-Za-z]:\\\\?(?:Users|Documents and Settings|Windows|Program Files)\\"
    r"[^\s\"'<>|]*"
    r"|\bfile:///[^\s\"'<>]*"
    r"|https?://(?:localhost|127\.[0-9.]+|0\.0\.0\.0|10\.[0-9.]+|192\.168\.[0-9.]+"
    r"|172\.(?:1[6-9]|2[0-9]|3[01])\.[0-9.]+|[\w-]+\.(?:local|lan|internal|intranet|corp))"
    r"(?::[0-9]+)?(?![\w.])"
)
_HINTS = (
    "/home/", "/Users/", "/root/", "/tmp/",  # noqa: S108 - looked for, not used
    "/var/", "/opt/", "/builds/", "/workspace/", ":\\",
    "file:///", "://localhost", "://127.", "://0.0.0.0", "://10.", "://192.168.", "://172.",
    ".local", ".lan", ".internal", ".intranet", ".corp",
)  # fmt: skip
"""What a leak has in it: the expression below is slow, and most files have none of these."""
_TEMPORARY = pattern(
    r"(?:.*/)?(?:~\$.*|\..*\.sw[a-p]|.*~|.*\.(?:bak|orig|rej|tmp|temp|log|py|pyc|sqlite|db|env|pem|key)"
    r"|Thumbs\.db|desktop\.ini|\.DS_Store|\.env|\.git|\.htpasswd)\Z",
    re.IGNORECASE,
)
_INLINE_CODE = pattern(r"\A\s*javascript:", re.IGNORECASE)
Place = Callable[[int], Span]
"""Tells where an offset of a file's text is."""


def read_file(survey: Survey, file: SiteFile | Odd) -> None:
    """Read one file and report what it shows."""
    if isinstance(file, Odd):
        survey.report("AUD025", file.name, file.reason)
        return
    if _TEMPORARY.match(file.name):
        survey.report("AUD025", file.name, "这是临时文件或程序用的文件，不该发布")
    if file.size > FILE:
        size = f"{file.size / KIB / KIB:.1f} MB"
        survey.report("AUD010", file.name, f"文件有 {size}，只查了开头的 {FILE // KIB // KIB} MB")
    data = read(file)
    if isinstance(data, Odd):
        survey.report("AUD025", data.name, data.reason)
        return
    _judge(survey, file.name, [(0, file.name)], lambda _: START, "文件名")
    if file.suffix in PICTURES:
        _picture(survey, file, data)
    elif file.is_text:
        _text(survey, file, data)
    else:
        _bytes(survey, file, data)


def _text(survey: Survey, file: SiteFile, data: bytes) -> None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if file.size <= FILE:
            survey.report(
                "AUD025", file.name, f"不是 UTF-8 文字（第 {error.start + 1} 个字节起读不出）"
            )
        text = data.decode("utf-8", "replace")
    if "\0" in text:
        survey.report("AUD025", file.name, "文字里有空字符（NUL），多半不是文字文件")
    text = text.replace("\r\n", "\n")
    lines = Lines(text)

    def at(offset: int) -> Span:
        offset = min(offset, len(text))
        return lines.span(offset, offset)

    _leaks(survey, file.name, text, at)
    if file.is_page:
        _page(survey, file, text, lines)
        return
    if _KEPT.match(file.name):
        survey.texts[file.name] = text
    if file.suffix in (".css", ".js", ".mjs"):
        survey.weigh(file.name, data)
    _uses(survey, file.name, _loaded(survey, file, text, at), at)
    # Lists of numbers are no texts in which a number could be somebody's.
    private = not file.name.startswith(_LISTS)
    _judge(survey, file.name, pieces(file.name, text), at, "文字", private=private)


def _loaded(survey: Survey, file: SiteFile, text: str, at: Place) -> Iterator[Use]:
    """Yield what a file that is no page makes a browser load."""
    if file.suffix == ".css":
        yield from (Use("load", url, text.find(url)) for url in css_urls(text))
    elif file.suffix in (".js", ".mjs"):
        for match in _CALLS.finditer(text):
            yield Use("load", match["url"] or match["set"], match.start())
    elif file.suffix == ".svg":
        yield from _of_drawing(survey, file.name, text, at)


def _of_drawing(survey: Survey, name: str, text: str, at: Place) -> Iterator[Use]:
    """Yield what a drawing loads; it may hold scripts as any page may."""
    page = read_page(text)
    yield from (use for use in page.uses if use.way == "load")
    for start, _ in page.scripts:
        survey.report("AUD023", name, "图形里有脚本", at(start))
    for code, start, message in page.faults:
        if code == "AUD023":
            survey.report(code, name, message, at(start))


def _page(survey: Survey, file: SiteFile, text: str, lines: Lines) -> None:
    name, page = file.name, read_page(text)

    def at(offset: int) -> Span:
        return lines.span(offset, offset)

    for count, (code, offset, message) in enumerate(page.faults):
        if count == MOST:
            survey.report("AUD003", name, f"这一页还有 {len(page.faults) - MOST} 处没有列出")
            break
        survey.report(code, name, message, at(offset))
    styles, pictures = _uses(survey, name, page.uses, at)
    for message, offset in against_policy(page):
        survey.report("AUD023", name, message, at(offset))
    survey.keep(name, page, file.size, (styles, pictures))
    everything = [*page.blocks, *page.values, *page.scripts]
    if page.title:
        everything.append((text.find("<title"), page.title))
    _judge(survey, name, everything, at, "文字")


def against_policy(page: Page, policy: str | None = None) -> Iterator[tuple[str, int]]:
    """Yield what in a page its policy forbids, with its place."""
    for use in page.uses:
        if use.way == "go" and _INLINE_CODE.match(use.url):
            yield "链接里有脚本（javascript:）", use.at
    policy = policy if policy is not None else page.policy
    if policy is None:
        return
    for what, texts in (("script", page.scripts), ("style", page.styles)):
        allowed = directive(policy, f"{what}-src")
        if allowed is None or (
            "'unsafe-inline'" in allowed and not any("'sha" in one for one in allowed)
        ):
            continue
        for offset, text in texts:
            if not any(_hash(text, name) in allowed for name in ("sha256", "sha384", "sha512")):
                yield f"策略不允许这段行内的 <{what}>", offset
        if what == "style" and "'unsafe-hashes'" not in allowed:
            yield from (
                ("策略不允许行内样式（style 属性）", offset) for offset in page.style_attributes
            )


def directive(policy: str, name: str) -> list[str] | None:
    """Return the sources that a policy allows for something; ``None`` when it does not say."""
    rules: dict[str, list[str]] = {}
    for part in policy.split(";"):
        words = part.split()
        if words:
            rules.setdefault(words[0].lower(), words[1:])
    return rules.get(name, rules.get("default-src"))


@lru_cache(maxsize=1024)
def _hash(text: str, name: str) -> str:
    digest = b64encode(hashlib.new(name, text.encode()).digest()).decode()
    return f"'{name}-{digest}'"


def _uses(survey: Survey, name: str, uses: Iterable[Use], at: Place) -> tuple[list[str], list[str]]:
    """Follow the addresses of a file; return the styles with scripts, and the pictures."""
    styles: list[str] = []
    pictures: list[str] = []
    done: set[tuple[str, str]] = set()
    for use in uses:
        if (use.way, use.url) in done:
            continue
        done.add((use.way, use.url))
        if not use.url:
            if use.way != "go":
                survey.report("AUD001", name, "地址是空的", at(use.at))
            continue
        target = survey.home.leads(use.url, name)
        if target.bad:
            survey.report("AUD001", name, f"「{short(use.url)}」{target.bad}", at(use.at))
        elif target.host and use.way == "load":
            survey.report("AUD009", name, f"向别的网站「{target.host}」要东西", at(use.at))
        elif target.path is not None:
            survey.lead(name, target, use.url, use.at)
            if use.sort in ("style", "script"):
                styles.append(survey.resolve(target.path) or target.path)
            elif use.sort == "picture":
                pictures.append(survey.resolve(target.path) or target.path)
    return styles, pictures


def _leaks(survey: Survey, name: str, text: str, at: Place) -> None:
    if not any(hint in text for hint in _HINTS):
        return
    for count, match in enumerate(_LEAKS.finditer(text)):
        if count == MOST:
            break
        inner = match[0].startswith("http")
        if inner and _is_code(text, match.start()):
            continue
        what = "内网地址" if inner else "电脑上的路径"
        survey.report("AUD022", name, f"有{what}「{short(match[0])}」", at(match.start()))


def _is_code(text: str, at: int) -> bool:
    """Tell whether a place of a page is shown as code: a manual's example leads nowhere."""
    before = text[max(0, at - 4 * KIB) : at]
    return before.rfind("<code") > before.rfind("</code>")


def _picture(survey: Survey, file: SiteFile, data: bytes) -> None:
    if file.size > PICTURE:
        survey.report(
            "AUD010", file.name, f"图片有 {file.size // KIB} KB，限额 {PICTURE // KIB} KB"
        )
    said = metadata(data)
    if said is None:
        survey.report("AUD025", file.name, "图片读不出来，可能已经损坏")
        return
    blocks, texts = said
    if blocks:
        survey.report("AUD026", file.name, f"图片带着{'、'.join(blocks)}")
    _judge(survey, file.name, [(0, text) for text in texts], lambda _: START, "图片的附带信息")
    _bytes(survey, file, data)


def _bytes(survey: Survey, file: SiteFile, data: bytes) -> None:
    """Look into a file that is no text for what must not be anywhere."""
    traces = [
        survey.absent,
        *([survey.known.withheld, survey.known.private] if survey.known else []),
    ]
    if any(trace.han for trace in traces):
        _judge(
            survey,
            file.name,
            [(0, data.decode("utf-8", "ignore"))],
            lambda _: START,
            "内容",
            private=False,
        )


def _judge(
    survey: Survey,
    name: str,
    texts: Iterable[Piece],
    at: Place,
    what: str,
    *,
    private: bool = True,
) -> None:
    """Report private data and withheld names in the texts of a file; each text is read once."""
    told: set[str] = set()
    for offset, text in texts:
        mark = hash((text, private))
        if mark in survey.seen:
            continue
        plain = spelt_out(text)
        messages = list(_in_text(survey, plain, what, private=private))
        if not messages:
            survey.seen.add(mark)
        for code, message in messages:
            if message not in told and len(told) < MOST:
                told.add(message)
                survey.report(code, name, message, at(offset))


def _in_text(survey: Survey, text: str, what: str, *, private: bool) -> Iterator[tuple[str, str]]:
    known = survey.known
    if private:
        for one in find(text):
            value = text[one.start : one.end]
            if known is None or "".join(value.split()) not in known.contacts:
                yield "AUD006", f"{what}里有{SORTS[one.sort]}"
    for code, traces in (
        ("AUD007", known.withheld if known else None),
        ("AUD008", known.private if known else None),
        ("AUD028", survey.absent),
    ):
        if traces:
            for label in dict.fromkeys(map(traces.label, traces.hits(text))):
                yield code, f"{what}里有{label}"
