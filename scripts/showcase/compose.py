"""Page view → composed page: front matter and finished HTML.

The only user of Jinja and of ``Markup``. Templates see values, never names that content could
reach; text is escaped wherever it is put out, and a name that is missing is an error.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, MutableMapping
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape
from msgspec import Struct

from showcase.addresses import feed_of
from showcase.compiled import Compiled
from showcase.pages import PageView
from showcase.pattern import pattern
from showcase.seal import digest

INDEX = "index.md"
"""The file that is the page of its folder."""

_BLANK = pattern(r"\n(?:[ \t]*\n)+")
_NOT_IN_XML = pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PRE = pattern(r"(<pre\b.*?</pre>)", re.DOTALL)
_SPECIAL = pattern("[&<>'\"]")
"""What ``escape`` replaces."""


class Composed(Struct, frozen=True):
    """The complete input of one output page.

    ``title`` and ``description`` are escaped: themes put them into HTML as they are.
    """

    uri: str
    title: str
    description: str
    html: str
    source: str
    findings: tuple[str, ...] = ()
    feed: str = ""
    """The address of the feed of what the page lists."""
    hidden: bool = False
    image: str = ""
    """The picture that shows the page where it is shared, from the site's root."""

    @property
    def address(self) -> str:
        """Where the page lies, from the site's root."""
        return self.uri.removesuffix(INDEX)

    @property
    def front_matter(self) -> str:
        """The YAML front matter, with its fences."""
        # JSON strings are YAML; explicit front matter keeps an engine from reading a first
        # line such as «Note: …» as metadata.
        fields = {"title": self.title, "description": self.description}
        fields |= {"feed": self.feed} if self.feed else {}
        fields |= {"image": self.image} if self.image else {}
        lines = [f"{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in fields.items()]
        if self.hidden:
            lines.append("robots: noindex")
        shown = ["composed: true", "hide: [navigation, toc, footer]"]
        return "\n".join(["---", *lines, *shown, "---", ""])

    @property
    def text(self) -> str:
        """The page as a Markdown file that any engine reading ``mkdocs.yml`` can build."""
        return f"{self.front_matter}\n{self.html}\n"


class _Generator(CodeGenerator):
    """Writes the code of templates: what they put out need not be ``Markup``, it is joined."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class _Context(Context):
    """What a template sees; a macro is called without finding out what else it might be."""

    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Return what a template's call gives, as the parent class does."""
        if type(obj) is not Macro:
            return super().call(obj, *args, **kwargs)
        # Jinja hands these to all that is called; they are for what asks for a whole context.
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return obj(self.eval_ctx, *args, **kwargs)


class _Environment(jinja2.Environment):
    """Jinja for pages of many small parts, of whose time a third went into three things.

    Every page imports its parts again, every text that is put out was wrapped, and of every macro
    that is called was found out what it is.
    """

    code_generator_class = _Generator
    context_class = _Context

    def make_globals(self, d: MutableMapping[str, Any] | None) -> dict[str, Any]:
        """Return a template's globals as one dictionary: Jinja goes over them at each import."""
        return {**self.globals, **(d or {})}

    @staticmethod
    def escaped(value: object) -> str:
        """Return a value as it stands in HTML; most text needs no escaping, and stays as it is."""
        if type(value) is Markup or (type(value) is str and not _SPECIAL.search(value)):
            return value
        return escape(value)


class Composer:
    """Fills the templates of ``overrides/``."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self._environment = _Environment(
            loader=jinja2.FileSystemLoader([str(folder) for folder in self._folders]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=Compiled(),
            cache_size=-1,
        )
        self._environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}

    @cached_property
    def version(self) -> bytes:
        """What stands for all templates: another one where any of them is another."""
        files = (path for folder in self._folders for path in sorted(folder.rglob("*.html")))
        return digest(*(part for path in files for part in (os.fsencode(path), path.read_bytes())))

    def compose(self, view: PageView) -> Composed:
        """Return the composed page of a view."""
        template = self._environment.get_template(view.template)
        html = template.render(
            view=view.data,
            prose=Markup(getattr(view.data, "prose", "")),  # noqa: S704 - cleaned by nh3
            root="../" * view.address.count("/"),
        )
        return _page(view, tight(html))

    def head(self, view: PageView) -> Composed:
        """Return the composed page of a view without what it says."""
        return _page(view, "")

    def fill(self, template: str, view: object) -> str:
        """Return the text of a file that is no page, less what XML 1.0 (2.2) cannot hold."""
        text = self._environment.get_template(template).render(view=view)
        return _NOT_IN_XML.sub("", text)


def _page(view: PageView, html: str) -> Composed:
    return Composed(
        uri=view.address + INDEX,
        title=str(escape(view.title)),
        description=str(escape(" ".join(view.description.split()))),
        html=html,
        source=view.source,
        findings=view.findings,
        feed=feed_of(view.address),
        hidden=view.hidden,
        image=view.image,
    )


def tight(html: str) -> str:
    """Return HTML without blank lines, which would end an HTML block in Markdown.

    Preformatted text keeps its blank lines, written so that Markdown does not see them.
    """
    parts = _PRE.split(html.strip())
    return "".join(
        part.replace("\n", "&#10;") if index % 2 else _BLANK.sub("\n", part)
        for index, part in enumerate(parts)
    )
