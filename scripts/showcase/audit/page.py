"""One page of the site, as read once: its faults, where it leads, what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from showcase.audit import elements as model
from showcase.audit.address import css_urls, srcset_urls
from showcase.audit.markup import Tag, Token, stray_reference, tokens
from showcase.pattern import pattern

MOST = 20
"""Faults of a page that are listed: whoever sees more has one cause to mend first."""
_DEEPEST = 400
_NAMED = frozenset(("a", "button", "h1", "h2", "h3", "h4", "h5", "h6"))
_HEADING = pattern(r"h[1-6]\Z")
_BREAKS = model.BLOCKS | model.PARENTS.keys() | {"br", "body", "title", "template", "button"}
_SILENT = frozenset(("script", "style"))
_TELLING = ("alt", "title", "content", "placeholder", "value", "aria-label", "label", "summary")
_PLAIN = frozenset(("class", "d", "viewbox", "points", "role", "type", "rel", "fill", "stroke"))
_IDREFS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list")
_LOADING = frozenset((
    "stylesheet", "icon", "preload", "modulepreload", "manifest", "preconnect", "dns-prefetch",
    "prefetch", "apple-touch-icon", "mask-icon",
))  # fmt: skip
_SOURCES = {
    "script": ("src",), "img": ("src",), "source": ("src",), "iframe": ("src",), "embed": ("src",),
    "object": ("data",), "video": ("src", "poster"), "audio": ("src",), "track": ("src",),
    "input": ("src",), "use": ("href", "xlink:href"), "image": ("href", "xlink:href"),
}  # fmt: skip
_REFRESH = pattern(r"\s*[0-9.]+\s*[;,]\s*url\s*=\s*['\"]?(.*?)['\"]?\s*\Z", re.IGNORECASE)
_DATA_TYPES = frozenset(("application/ld+json", "application/json", "text/template"))


class Use(Struct, frozen=True):
    """An address that a page names: ``way`` is ``go`` (a link), ``load`` or ``meta``."""

    way: str
    url: str
    at: int
    sort: str = ""


class Page(Struct):
    """What there is to know about a page after it was read."""

    faults: list[tuple[str, int, str]] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    blocks: list[tuple[int, str]] = field(default_factory=list)
    values: list[tuple[int, str]] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    scripts: list[tuple[int, str]] = field(default_factory=list)
    styles: list[tuple[int, str]] = field(default_factory=list)
    style_attributes: list[int] = field(default_factory=list)
    meta: dict[str, tuple[int, str]] = field(default_factory=dict)
    title: str | None = None
    lang: str | None = None
    canonical: str = ""
    redirect: str = ""
    doctype: bool = False
    has_html: bool = False
    empty: int | None = None
    """Where the page says that nothing stands in it."""

    @property
    def hidden(self) -> bool:
        """Whether search engines are asked to leave it out."""
        return "noindex" in self.meta.get("robots", (0, ""))[1].lower()

    @property
    def policy(self) -> str | None:
        """The content policy that the page sets itself."""
        found = self.meta.get("content-security-policy")
        return found[1] if found else None


def read_page(html: str) -> Page:
    """Read a page; whatever it holds is a page with faults."""
    reader = _Reader(html)
    for token in tokens(html):
        if not reader.take(token):
            break
    return reader.finish()


class _Open(Struct):
    """An element that has begun."""

    name: str
    at: int
    named: bool = True
    silent: bool = False


class _Reader:
    """Follows the tokens of one page."""

    def __init__(self, html: str) -> None:
        self.page = Page()
        self.html = html
        self.stack: list[_Open] = []
        self.words: list[str] = []
        self.words_at = 0
        self.ended: tuple[int, str] | None = None
        self.within = {
            "template": 0,
            "svg": 0,
            "math": 0,
            "a": 0,
            "button": 0,
            "form": 0,
            "title": 0,
        }
        self.within |= {"silent": 0, "unnamed": 0}
        self.ids_aside: set[str] = set()
        self.refers: list[tuple[int, str, str]] = []

    # --- tokens -------------------------------------------------------------------------------

    def take(self, token: Token) -> bool:
        """Take the next token; ``False`` when nothing after it can be told."""
        if token.fault:
            self.fault(token.start, token.fault)
        tag = token.tag
        if tag is None:
            if token.comment:
                self.page.values.append((token.start, token.text))
            elif token.text.isspace():
                if self.words:
                    self.words.append(" ")
            elif token.text:
                self.text(token)
            return True
        for fault in tag.faults:
            self.fault(token.start, f"<{tag.name}>：{fault}")
        if tag.close:
            self.end(tag, token.start)
        else:
            self.start(tag, token.start)
        if len(self.stack) > _DEEPEST:
            self.fault(token.start, f"标签套了 {_DEEPEST} 层以上，后面的没有再查")
            return False
        return True

    def fault(self, at: int, message: str, code: str = "AUD003") -> None:
        self.page.faults.append((code, at, message))

    def text(self, token: Token) -> None:
        text = token.text
        parent = self.stack[-1].name if self.stack else ""
        if parent in _SILENT:
            self.raw(token, parent)
            return
        if parent in model.CHILDREN:
            self.fault(token.start, f"<{parent}> 里不能直接写文字")
        if "&" in text and stray_reference(text):
            self.fault(token.start, "文字里的「&」应写成「&amp;」，字符引用要以「;」结尾")
        if self.within["unnamed"]:
            self.name_them()
        if not self.words:
            self.words_at = token.start + len(text) - len(text.lstrip())
        self.words.append(text)

    def raw(self, token: Token, parent: str) -> None:
        """Keep the text of a script or style; data is no script."""
        if parent == "style":
            self.page.styles.append((token.start, token.text))
        elif self.stack[-1].silent:
            self.page.values.append((token.start, token.text))
        else:
            self.page.scripts.append((token.start, token.text))

    def name_them(self) -> None:
        """Note that every open link, button and heading now has words."""
        if not self.within["silent"]:
            for element in reversed(self.stack):
                if element.silent:
                    break
                if not element.named:
                    element.named = True
                    self.within["unnamed"] -= 1

    def flush(self) -> None:
        if self.words:
            text = " ".join("".join(self.words).split())
            self.words.clear()
            if text:
                self.page.blocks.append((self.words_at, text))

    # --- elements -----------------------------------------------------------------------------

    def start(self, tag: Tag, at: int) -> None:
        name = tag.name
        if name in _BREAKS:
            self.flush()
        foreign = self.within["svg"] or self.within["math"]
        if not foreign:
            if name == "!doctype":
                self.page.doctype = not self.stack and not self.page.has_html
                return
            self.close_implied(name, at)
            self.check_place(tag, at)
        attributes = tag.attributes
        if attributes:
            self.attributes(tag, at)
        self.special(tag, at)
        if name in model.VOID or (foreign and tag.self_closing):
            return
        if tag.self_closing and name not in ("svg", "math") and not foreign:
            self.fault(at, f"<{name}> 不能写成自闭合的 <{name}/>")
        self.push(tag, at)

    def push(self, tag: Tag, at: int) -> None:
        name, attributes = tag.name, tag.attributes
        if name in self.within:
            self.within[name] += 1
        silent = attributes.get("aria-hidden") == "true"
        named = name not in _NAMED or bool(self.within["template"]) or not _shown(tag)
        if name == "script" and attributes.get("type", "").lower() in _DATA_TYPES:
            silent = True
        self.within["silent"] += silent
        if not named and (attributes.get("aria-label") or attributes.get("aria-labelledby")):
            named = True
        self.within["unnamed"] += not named
        self.stack.append(_Open(name, at, named, silent))

    def close_implied(self, name: str, at: int) -> None:
        while self.stack and name in model.ENDED_BY.get(self.stack[-1].name, ()):
            gone = self.pop()
            if gone.name == "p":
                self.ended = (at, name)

    def pop(self) -> _Open:
        gone = self.stack.pop()
        if gone.name in self.within:
            self.within[gone.name] -= 1
        self.within["silent"] -= gone.silent
        if not gone.named:
            self.within["unnamed"] -= 1
            what = "标题" if _HEADING.match(gone.name) else "链接" if gone.name == "a" else "按钮"
            self.fault(gone.at, f"{what} <{gone.name}> 里没有文字", "AUD014")
        return gone

    def end(self, tag: Tag, at: int) -> None:
        name = tag.name
        if name in _BREAKS:
            self.flush()
        if self.stack and self.stack[-1].name == name:
            self.pop()
            return
        if name in model.VOID:
            self.fault(at, f"</{name}> 是多余的：<{name}> 没有结束标签")
        elif all(element.name != name for element in self.stack):
            if name == "p" and self.ended is not None:
                where, block = self.ended
                self.ended = None
                self.fault(where, f"段落 <p> 里不能放 <{block}>")
            else:
                self.fault(at, f"多余的结束标签 </{name}>")
        else:
            while self.stack[-1].name != name:
                gone = self.pop()
                if gone.name not in model.MAY_STAY_OPEN:
                    self.fault(gone.at, f"<{gone.name}> 没有结束")
            self.pop()

    def check_place(self, tag: Tag, at: int) -> None:
        name = tag.name
        if name in model.OBSOLETE:
            self.fault(at, f"<{name}> 已经废弃")
        elif name not in model.KNOWN and "-" not in name:
            self.fault(at, f"没有 <{name}> 这个标签")
        parent = self.stack[-1].name if self.stack else ""
        if parent == "template":
            return
        if not _may_stand(name, parent):
            self.fault(
                at, f"<{name}> 不能放在 <{parent}> 里" if parent else f"<{name}> 不能单独出现"
            )
        elif name in model.BLOCKS and (around := self.around()) in model.PHRASING:
            self.fault(at, f"<{around}> 里不能放 <{name}>")
        clicked = self.within["a"] or self.within["button"]
        if clicked and name in model.INTERACTIVE and tag.attributes.get("type") != "hidden":
            outer = "a" if self.within["a"] else "button"
            self.fault(at, f"<{outer}> 里不能放 <{name}>")
        if name == "form" and self.within["form"]:
            self.fault(at, "<form> 里不能放 <form>")

    def around(self) -> str:
        """Return the nearest element around that decides what may stand here."""
        for element in reversed(self.stack):
            if element.name not in model.TRANSPARENT:
                return element.name
        return ""

    # --- attributes ---------------------------------------------------------------------------

    def attributes(self, tag: Tag, at: int) -> None:
        name = tag.name
        for key, value in tag.attributes.items():
            if key in _PLAIN:
                continue
            take = _TAKEN.get(key)
            if take is not None:
                take(self, tag, at, value)
            elif key.startswith("on"):
                self.fault(at, f"<{name}> 有行内事件「{key}」", "AUD023")
            elif value and (key in _TELLING or key.startswith("data-")):
                self.page.values.append((at, value))
            elif key in _IDREFS and not self.within["template"]:
                self.refers.extend((at, key, one) for one in value.split())
        for key in _SOURCES.get(name, ()):
            if key in tag.attributes:
                sort = "script" if name == "script" else "picture" if name == "img" else ""
                if sort == "picture" and tag.attributes.get("loading") == "lazy":
                    sort = "later"
                self.page.uses.append(Use("load", tag.attributes[key].strip(), at, sort))

    def take_href(self, tag: Tag, at: int, value: str) -> None:
        if tag.name in ("a", "area"):
            self.page.uses.append(Use("go", value.strip(), at))
            self.page.values.append((at, value))

    def take_style(self, _: Tag, at: int, value: str) -> None:
        self.page.style_attributes.append(at)
        self.page.uses.extend(Use("load", url, at) for url in css_urls(value))

    def take_candidates(self, _: Tag, at: int, value: str) -> None:
        self.page.uses.extend(Use("load", url, at, "later") for url in srcset_urls(value))

    def take_action(self, _: Tag, at: int, value: str) -> None:
        self.page.uses.append(Use("go", value.strip() or ".", at))

    def take_id(self, _: Tag, at: int, value: str) -> None:
        self.note_id(value, at)

    def note_id(self, value: str, at: int) -> None:
        if not value or value.split() != [value]:
            self.fault(at, "编号（id）是空的，或者里面有空格")
        elif self.within["template"]:
            self.ids_aside.add(value)
        elif value in self.page.ids:
            self.fault(at, f"编号「{value}」在这一页里不止一个", "AUD004")
        else:
            self.page.ids[value] = at

    def special(self, tag: Tag, at: int) -> None:
        """Note what an element says about the page as a whole."""
        note = _NOTED.get(tag.name)
        if note is not None:
            note(self, tag, at)
        if "sc-empty" in tag.attributes.get("class", ""):
            self.page.empty = at

    def note_html(self, tag: Tag, _: int) -> None:
        self.page.has_html, self.page.lang = True, tag.attributes.get("lang")

    def note_heading(self, tag: Tag, at: int) -> None:
        if not self.within["template"]:
            self.page.headings.append((int(tag.name[1]), at))

    def note_frame(self, tag: Tag, at: int) -> None:
        if not tag.attributes.get("title"):
            self.fault(at, "<iframe> 没有 title", "AUD014")

    def note_base(self, _: Tag, at: int) -> None:
        self.fault(at, "<base> 会改变全部链接的含义，审核不支持")

    def note_anchor(self, tag: Tag, at: int) -> None:
        if "name" in tag.attributes and not self.within["template"]:
            self.page.ids.setdefault(tag.attributes["name"], at)

    def note_input(self, tag: Tag, at: int) -> None:
        if tag.attributes.get("type") == "image":
            self.picture(tag, at)

    def note_area(self, tag: Tag, at: int) -> None:
        if "href" in tag.attributes:
            self.picture(tag, at)

    def drawing(self, tag: Tag, at: int) -> None:
        attributes = tag.attributes
        if attributes.get("aria-label"):
            self.name_them()
        elif attributes.get("role") == "img" and not attributes.get("aria-labelledby"):
            self.fault(at, "图形 <svg role=img> 没有 aria-label", "AUD012")

    def picture(self, tag: Tag, at: int) -> None:
        alt = tag.attributes.get("alt")
        if self.within["template"]:
            return
        if tag.name == "img" and not tag.attributes.get("src"):
            self.fault(at, "<img> 没有 src")
        if alt is None:
            self.fault(at, "图片没有 alt", "AUD012")
        elif alt:
            self.name_them()

    def link(self, tag: Tag, at: int) -> None:
        attributes = tag.attributes
        rel = set(attributes.get("rel", "").lower().split())
        url = attributes.get("href", "").strip()
        if "canonical" in rel:
            self.page.canonical = url
        if rel & _LOADING:
            self.page.uses.append(Use("load", url, at, "style" if "stylesheet" in rel else ""))
        elif url:
            self.page.uses.append(Use("meta", url, at))

    def meta(self, tag: Tag, at: int) -> None:
        attributes = tag.attributes
        key = attributes.get("name") or attributes.get("property") or attributes.get("http-equiv")
        content = attributes.get("content", "")
        if "charset" in attributes:
            self.page.meta["charset"] = (at, attributes["charset"])
        if not key:
            return
        self.page.meta.setdefault(key.lower(), (at, content))
        if key.lower() == "refresh" and (found := _REFRESH.match(content[:2000])):
            self.page.redirect = found[1]
            self.page.uses.append(Use("go", found[1], at))
        elif key.lower() in ("og:image", "og:url", "twitter:image"):
            self.page.uses.append(Use("meta", content.strip(), at))

    # --- the end ------------------------------------------------------------------------------

    def finish(self) -> Page:
        """Return the page with the faults that show only when it was read to its end."""
        page = self.page
        self.flush()
        while self.stack:
            gone = self.pop()
            if gone.name not in model.MAY_STAY_OPEN:
                self.fault(gone.at, f"<{gone.name}> 没有结束")
        title = re.search(r"<title[^<>]*>([^<]*)</title", self.html[:65536], re.IGNORECASE)
        page.title = " ".join(title[1].split()) if title else None
        if not page.doctype:
            self.fault(0, "开头没有 <!doctype html>")
        if page.meta.get("charset", (0, ""))[1].lower() != "utf-8":
            self.fault(0, '没有写明编码 <meta charset="utf-8">')
        known = page.ids.keys() | self.ids_aside
        for at, key, value in self.refers:
            if value not in known:
                self.fault(at, f"{key} 指向的编号「{value}」不在这一页里")
        for start, text in page.styles:
            page.uses.extend(Use("load", url, start) for url in css_urls(text))
        page.faults.extend(_about_page(page))
        return page


_TAKEN = {
    "href": _Reader.take_href,
    "style": _Reader.take_style,
    "srcset": _Reader.take_candidates,
    "imagesrcset": _Reader.take_candidates,
    "action": _Reader.take_action,
    "formaction": _Reader.take_action,
    "id": _Reader.take_id,
}
_NOTED = {
    "html": _Reader.note_html,
    "link": _Reader.link,
    "meta": _Reader.meta,
    "img": _Reader.picture,
    "area": _Reader.note_area,
    "input": _Reader.note_input,
    "iframe": _Reader.note_frame,
    "svg": _Reader.drawing,
    "base": _Reader.note_base,
    "a": _Reader.note_anchor,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _Reader.note_heading),
}


def _shown(tag: Tag) -> bool:
    """Tell whether a link, button or heading is there for the reader."""
    if "hidden" in tag.attributes or tag.attributes.get("aria-hidden") == "true":
        return False
    return tag.name != "a" or "href" in tag.attributes


def _may_stand(name: str, parent: str) -> bool:
    parents = model.PARENTS.get(name)
    if parents is not None and parent not in parents:
        return False
    children = model.CHILDREN.get(parent)
    return children is None or name in children or name in model.ANYWHERE


def _about_page(page: Page) -> Iterator[tuple[str, int, str]]:
    """Yield what is missing from a page as a whole, and headings out of order."""
    if not page.lang:
        yield "AUD011", 0, "<html> 没有写 lang"
    if not page.title:
        yield "AUD011", 0, "网页没有标题 <title>"
    if page.redirect:
        return
    if not page.meta.get("description", (0, ""))[1].strip():
        yield "AUD011", 0, '网页没有描述 <meta name="description">'
    firsts = [at for level, at in page.headings if level == 1]
    if len(firsts) != 1:
        at = firsts[1] if firsts else 0
        yield "AUD013", at, f"一页应当有一个一级标题，这里有 {len(firsts)} 个"
    last = 0
    for level, at in page.headings:
        if last and level > last + 1:
            yield "AUD013", at, f"标题从 {last} 级跳到了 {level} 级"
        last = level
