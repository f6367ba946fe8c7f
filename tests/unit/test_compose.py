"""Composing: text escaped once, no blank line to end an HTML block, names that must exist."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import jinja2
import pytest
import yaml

from showcase.compose import Composed, Composer, tight
from showcase.pages import PageView


@dataclass(frozen=True)
class View:
    text: str
    prose: str = ""


def composed(folder: Path, template: str, view: View, title: str = "题") -> Composed:
    (folder / "page.html").write_text(template, "utf-8")
    return Composer([folder]).compose(PageView("a/b/", "page.html", title, "述", view))


def test_text_is_escaped_and_prose_is_not(tmp_path: Path) -> None:
    page = composed(tmp_path, "{{ view.text }}|{{ prose }}", View("<b>&", "<p>段</p>"))
    assert page.html == "&lt;b&gt;&amp;|<p>段</p>"


def test_the_front_matter_holds_escaped_text_and_nothing_else(tmp_path: Path) -> None:
    page = composed(tmp_path, "正文", View(""), title='R&D <创新> "引号": #\u2028')
    _, front, body = page.text.split("---\n")
    fields = yaml.safe_load(front)
    assert fields["title"] == "R&amp;D &lt;创新&gt; &#34;引号&#34;: #\u2028"
    assert fields["description"] == "述"
    assert body == "\n正文\n"


def test_a_missing_name_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(jinja2.UndefinedError):
        composed(tmp_path, "{{ view.nothing }}", View(""))


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("""{{ "<>&'" ~ '"' }}""", "&lt;&gt;&amp;&#39;&#34;"),
        ("{{ view.text }}{{ 7 }}{{ none }}{{ view.text | safe }}", "a&amp;b7Nonea&b"),
        ("{% autoescape false %}{{ view.text }}{% endautoescape %}{{ view.text }}", "a&ba&amp;b"),
        ("{% set text %}<i>{{ view.text }}</i>{% endset %}{{ text }}", "<i>a&amp;b</i>"),
        ("{% filter upper %}<i>{{ view.text }}</i>{% endfilter %}", "<I>A&AMP;B</I>"),
        ("{% set text = view.text ~ '<br>' %}{{ text }}", "a&amp;b&lt;br&gt;"),
        ("{{ '<i>%s</i>' | safe | format(view.text) }}", "<i>a&amp;b</i>"),
        ("{{ [view.text, '<br>' | safe] | join(' ') }}", "a&amp;b <br>"),
    ],
)
def test_what_is_put_out_is_escaped_unless_it_is_safe(
    tmp_path: Path, template: str, shown: str
) -> None:
    assert composed(tmp_path, template, View("a&b")).html == shown


def test_macros_give_safe_text_and_call_each_other(tmp_path: Path) -> None:
    (tmp_path / "parts.html").write_text(
        "{% macro item(text, mark='·') %}<li>{{ mark }}{{ text }}</li>{% endmacro %}"
        "{% macro items(all) %}{% for one in all %}{{ item(one, mark=loop.index) }}{% endfor %}"
        "{{ caller('<') if caller is defined }}{% endmacro %}",
        "utf-8",
    )
    template = (
        "{% from 'parts.html' import items %}{% block main %}{{ items(['a&b', view.text]) }}"
        "{% call(text) items([]) %}<b>{{ text }}</b>{% endcall %}{% endblock %}"
    )
    shown = composed(tmp_path, template, View("<")).html
    assert shown == "<li>1a&amp;b</li><li>2&lt;</li><b>&lt;</b>"


def test_content_reaches_no_template(tmp_path: Path) -> None:
    text = "{{ 7 * 7 }}{% include 'secret' %}{{ view.__class__ }}"
    page = composed(tmp_path, "{{ view.text }}|{{ prose }}", View(text, text))
    assert "49" not in page.html
    assert "{{ 7 * 7 }}" in page.html


def test_the_first_folder_with_a_template_wins(tmp_path: Path) -> None:
    for name in ("own", "house"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text(name, "utf-8")
    view = PageView("", "page.html", "题", "", View(""))
    composer = Composer([tmp_path / "own", tmp_path / "house"])
    assert composer.compose(view).html == "own"
    assert composer.compose(view).uri == "index.md"


def test_no_blank_line_is_left_but_in_preformatted_text() -> None:
    html = "<div>\n\n \n<p>甲</p>\n\n<pre>一\n\n二</pre>\n</div>"
    assert tight(html) == "<div>\n<p>甲</p>\n<pre>一&#10;&#10;二</pre>\n</div>"


def test_what_xml_cannot_hold_is_left_out_of_files(tmp_path: Path) -> None:
    (tmp_path / "file.xml.html").write_text("<a>{{ view.text }}</a>\n", "utf-8")
    view = View("甲\ufffe\uffff\x07\ud800<乙>\t🌻")
    assert Composer([tmp_path]).fill("file.xml.html", view) == "<a>甲&lt;乙&gt;\t🌻</a>"
