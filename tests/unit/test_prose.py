"""Prose as staff write it: what is shown, and what scan finds in it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from showcase.prose import FINDINGS, Image, Prose, Scan, WikiLink, excerpt, render, scan

RECORDS = {
    "向阳花开": ("../xiang-yang-hua-kai/", "党群同心·向阳花开"),
    "测试品牌甲": ("../jia/", "测试品牌甲"),
}


def known(link: WikiLink) -> tuple[str, str] | None:
    return RECORDS.get(link.target)


def show(body: str) -> Prose:
    return render(body, known)


def html(body: str) -> str:
    return show(body).html


def found(body: str) -> list[tuple[str, str]]:
    """The findings of a body, each with the text it points at."""
    return [(item.code_name, body[item.start : item.end]) for item in scan(body).findings]


# --- emphasis and paragraphs ---------------------------------------------------------------------


def test_bold_stands_next_to_quotation_marks_and_characters() -> None:
    assert html("打造**“党群同心·向阳花开”**品牌") == (
        "<p>打造<strong>“党群同心·向阳花开”</strong>品牌</p>"
    )
    assert html("**注意：**请看*这里*。") == "<p><strong>注意：</strong>请看<em>这里</em>。</p>"


@pytest.mark.parametrize(
    "body", ["甲*字”**字*乙", "3*4", "甲**乙", "snake_case_name", "价格****元", "____年____月"]
)
def test_marks_that_pair_with_nothing_stay(body: str) -> None:
    shown = show(body).text
    assert [sign for sign in body if sign not in "*_"] == [
        sign for sign in shown if sign not in "*_"
    ]


def test_unpaired_asterisks_are_shown() -> None:
    assert show("3*4 与 5 * 6").text == "3*4 与 5 * 6"
    assert show("____年____月").text == "____年____月"


def test_a_line_end_is_a_line_end() -> None:
    assert html("第一行\n第二行\r\n第三行\r第四行\x0b第五行").count("<br>") == 4


def test_an_indented_paragraph_is_no_code() -> None:
    assert html("    四个空格开头的段落。") == "<p>四个空格开头的段落。</p>"
    assert "<pre>" not in html("正文\n\n\t制表符开头，**加粗**\n")


def test_a_backslash_takes_a_mark_its_meaning() -> None:
    assert html(r"\*不是强调\* \[[不是链接]] \<b> \`x\` \&lt;") == (
        "<p>*不是强调* [[不是链接]] &lt;b&gt; `x` &amp;lt;</p>"
    )
    assert scan(r"\[[不是链接]] \<b>") == Scan()


def test_entities_are_what_they_mean() -> None:
    assert html("R&D &copy; &lt;b&gt; &nbsp; &未知;") == (
        "<p>R&amp;D © &lt;b&gt; &nbsp; &amp;未知;</p>"
    )


def test_nothing_becomes_nothing() -> None:
    assert show("") == show(" \n\t\n") == Prose("", "", ())
    assert scan("") == Scan()


# --- blocks --------------------------------------------------------------------------------------


def test_a_list_may_follow_a_paragraph() -> None:
    shown = html("工作举措：\n1. 组织嵌入\n2. 党员率先\n")
    assert shown == "<p>工作举措：</p>\n<ol>\n<li>组织嵌入</li>\n<li>党员率先</li>\n</ol>"


def test_a_number_in_a_paragraph_begins_no_list() -> None:
    assert "<ol" not in html("品牌启用于\n2019. 3 月。")
    assert "<ol" not in html("18+N、5+N\n3. 与 3+N")


@pytest.mark.parametrize("indent", ["  ", "    ", "\t"])
def test_two_spaces_nest_a_list(indent: str) -> None:
    shown = html(f"- 甲\n{indent}- 乙\n- 丙\n")
    assert shown == "<ul>\n<li>甲<ul>\n<li>乙</li>\n</ul>\n</li>\n<li>丙</li>\n</ul>"


def test_a_paragraph_may_stand_in_a_list() -> None:
    shown = html("1. 甲\n\n   续段\n\n2. 乙\n\n不在列表内")
    assert "<p>续段</p>\n</li>" in shown
    assert shown.endswith("</ol>\n<p>不在列表内</p>")


def test_rows_with_bars_are_a_table_even_under_a_paragraph() -> None:
    shown = html("如下：\n| 名目 | 数值 |\n|:--|--:|\n| 助学款 | 9931 元 |\n")
    assert shown.startswith('<p>如下：</p>\n<div class="sc-scroll" tabindex="0"><table>')
    assert '<th class="sc-right" scope="col">数值</th>' in shown
    assert '<td class="sc-right">9931 元</td>' in shown


def test_a_row_with_too_many_cells_loses_none() -> None:
    assert "<td>乙|丙</td>" in html("a|b\n-|-\n甲|乙|丙")


def test_code_is_shown_as_it_is() -> None:
    body = "说明 `[[甲]] <b>`\n\n```text\n[[乙]] **不加粗** <script>\n```\n"
    assert html(body) == (
        "<p>说明 <code>[[甲]] &lt;b&gt;</code></p>\n"
        "<pre><code>[[乙]] **不加粗** &lt;script&gt;\n</code></pre>"
    )
    assert scan(body) == Scan()


def test_code_may_stand_in_lists_quotations_and_footnotes() -> None:
    body = (
        "- 甲\n  ```\n  码\n  ```\n- 乙\n\n> ~~~\n> 码\n> ~~~\n\n"
        "文[^1]\n\n[^1]: 注\n\n    ```\n    码\n    ```\n"
    )
    shown = html(body)
    assert shown.count("<pre><code>码\n</code></pre>") == 3
    assert "<p><pre>" not in shown


@pytest.mark.parametrize("body", ["```\n没有结尾 [[甲]]", "``` 后面是一句话\n[[甲]]\n```"])
def test_a_fence_that_is_none_is_text(body: str) -> None:
    assert len(scan(body).wiki_links) == 1
    assert "<pre>" not in html(body)


def test_quotations_and_rules() -> None:
    assert html("> 引文\n第二行\n\n---\n\n* * *") == (
        "<blockquote>\n<p>引文<br>\n第二行</p>\n</blockquote>\n<hr>\n<hr>"
    )


# --- headings ------------------------------------------------------------------------------------


def test_headings_are_sections_with_prefixed_ids() -> None:
    shown = show(
        "## 背景意义\n\n### 一、起因\n\n##无空格也是标题\n\n#### 更深 ####\n\n## 背景意义\n"
    )
    assert [(item.id, item.title, item.level) for item in shown.sections] == [
        ("s-背景意义", "背景意义", 2),
        ("s-一-起因", "一、起因", 3),
        ("s-无空格也是标题", "无空格也是标题", 2),
        ("s-背景意义-2", "背景意义", 2),
    ]
    assert '<h4 id="s-更深">更深</h4>' in shown.html


def test_ids_cannot_be_forged_by_titles() -> None:
    shown = show('## " onclick=x\n\n## fn-1\n\n## &lt;\n\n## 。\n\n文[^a]\n\n[^a]: 注')
    assert [item.id for item in shown.sections] == [
        "s-onclick-x", "s-fn-1-2", "s-section", "s-section-2",
    ]  # fmt: skip


def test_levels_follow_the_place_of_the_prose() -> None:
    shown = render("# 一\n\n## 二\n\n### 三\n\n###### 六", known, base_heading_level=3)
    assert [item.level for item in shown.sections] == [3, 3, 4]
    assert "<h6" in shown.html


def test_underlined_headings() -> None:
    assert html("题\n---\n文").startswith('<h2 id="s-题">题</h2>')
    assert found("题\n===") == [("h1-in-prose", "题")]
    assert "<h2" not in html("第一行\n第二行\n---")
    assert "<h2" not in html("- 甲\n---")


def test_heading_order_and_the_first_level_are_found() -> None:
    assert found("# 一\n\n## 二\n\n### 三\n\n## 四\n") == [("h1-in-prose", "# 一")]
    assert found("### 三\n\n## 二\n\n#### 四") == [
        ("heading-order", "### 三"),
        ("heading-order", "#### 四"),
    ]


@pytest.mark.parametrize("body", ["#我们的节日# 活动", "#1 号馆", "＃ 全角", "####### 七个"])
def test_topics_are_no_headings(body: str) -> None:
    assert scan(body).findings == ()
    assert show(body).sections == ()
    assert show(body).text == body


def test_links_to_headings_find_them() -> None:
    assert '<a href="#s-背景-甲">' in html("[见上](#背景-甲)\n\n## 背景 甲")
    assert '<a href="#无">' in html("[见上](#无)\n\n## 背景 甲")


# --- wiki links ----------------------------------------------------------------------------------


def test_wiki_links_lead_to_records() -> None:
    assert html("见[[向阳花开]]。") == (
        '<p>见<a class="sc-wiki" href="../xiang-yang-hua-kai/" title="党群同心·向阳花开">'
        "向阳花开</a>。</p>"
    )
    assert html("[[向阳花开|这一品牌]]").count(">这一品牌</a>") == 1
    assert scan("见[[ 向阳花开 |这一品牌]]").wiki_links == (
        WikiLink(1, 16, "向阳花开", "这一品牌"),
    )


def test_an_unknown_record_is_text() -> None:
    assert html("见[[没有的]]与[[没有的|那个]]。") == "<p>见没有的与那个。</p>"


@pytest.mark.parametrize(
    "body",
    [
        "## [[测试品牌甲]]",
        "**[[测试品牌甲]]**",
        "| a | b |\n|---|---|\n| [[测试品牌甲|文字]] | [[测试品牌甲\\|文字]] |",
        "- [[测试品牌甲]]",
        "> [[测试品牌甲]]",
        "文[^1]\n\n[^1]: [[测试品牌甲]]",
        "[[测试品牌甲]](2019 年)",
        "![[测试品牌甲]]",
        "[[[测试品牌甲]]]",
        "<b>[[测试品牌甲]]</b>",
    ],
)
def test_wiki_links_work_everywhere(body: str) -> None:
    links = scan(body).wiki_links
    assert links
    assert all(link.target == "测试品牌甲" for link in links)
    assert html(body).count('<a class="sc-wiki" href="../jia/"') == len(links)


@pytest.mark.parametrize(
    "body", ["[[甲\n乙]]", "[[甲[乙]]]x", "[[]]", "[[ ]]", "[甲]]", "[ [甲]]", "`[[甲]]`", "[[甲]"]
)
def test_what_is_no_wiki_link(body: str) -> None:
    assert all(link.target == "乙" for link in scan(body).wiki_links)


def test_titles_from_records_are_text() -> None:
    shown = render("[[甲]][[乙]]", lambda _: ('../"x"/<b>', '"><script>&lt;'))
    assert "<script" not in shown.html
    assert 'title="&quot;&gt;&lt;script&gt;&amp;lt;"' in shown.html
    assert shown.findings == ()


# --- links and images ----------------------------------------------------------------------------


def test_outside_links_say_so() -> None:
    assert html("[国务院](https://www.gov.cn/?a=1&copy=2)") == (
        '<p><a href="https://www.gov.cn/?a=1&amp;copy=2" rel="noopener noreferrer external">'
        "国务院</a></p>"
    )
    assert html("[关于](../about/)") == '<p><a href="../about/">关于</a></p>'
    assert html("[电话](tel:+861012345678)") == '<p><a href="tel:+861012345678">电话</a></p>'


def test_every_form_of_link_is_found() -> None:
    body = (
        "[甲](a.html '题') [乙][r] [r][] [r] <https://example.org/> <a@example.org> "
        'https://example.org/x（说明）\n\n[r]: https://example.org/r "题"\n'
    )
    result = scan(body)
    assert [link.target for link in result.links] == [
        "a.html",
        "https://example.org/r",
        "https://example.org/r",
        "https://example.org/r",
        "https://example.org/",
        "mailto:a@example.org",
        "https://example.org/x",
    ]
    assert [body[link.start : link.end] for link in result.links] == [
        "[甲](a.html '题')", "[乙][r]", "[r][]", "[r]", "<https://example.org/>",
        "<a@example.org>", "https://example.org/x",
    ]  # fmt: skip
    assert result.findings == ()
    assert html(body).count("<a ") == 7
    assert "[r]:" not in html(body)


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ("详见https://www.gov.cn。", "https://www.gov.cn"),
        ("（https://www.gov.cn/a_(b)）", "https://www.gov.cn/a_(b)"),
        ("(https://www.gov.cn/a).", "https://www.gov.cn/a"),
        ("**https://www.gov.cn/a_b_c**", "https://www.gov.cn/a_b_c"),
        ("https://www.gov.cn，https://", "https://www.gov.cn"),
    ],
)
def test_bare_addresses_end_where_chinese_begins(body: str, target: str) -> None:
    assert [link.target for link in scan(body).links] == [target]


def test_targets_may_hold_spaces_and_parentheses() -> None:
    assert [link.target for link in scan("[a](附件 (1).docx) [b](<c d>)").links] == [
        "附件 (1).docx",
        "c d",
    ]
    assert 'href="附件%20(1).docx"' in html("[a](附件 (1).docx)")


def test_links_hold_no_links() -> None:
    assert html("[见[[测试品牌甲]]处](x.html)").count("<a ") == 1
    assert html("[https://a.cn](https://a.cn)").count("<a ") == 1
    assert html("[`码` **粗** ![图](a.jpg)](x.html)") == (
        '<p><a href="x.html"><code>码</code> <strong>粗</strong> '
        '<img alt="图" loading="lazy" src="a.jpg"></a></p>'
    )


def test_a_definition_needs_a_target() -> None:
    assert show("[注]: 本文资料来自档案").text == "[注]: 本文资料来自档案"
    assert found("[r]: https://example.org/") == [("unused-reference", "[r]: https://example.org/")]


def test_images_are_asked_for() -> None:
    asked: list[Image] = []

    def photo(image: Image) -> str | None:
        asked.append(image)
        return "photos/a.webp" if image.target == "a.jpg" else None

    shown = render('![花&amp;开](a.jpg "题") ![缺](b.jpg)', known, photo)
    assert shown.html == (
        '<p><img alt="花&amp;开" loading="lazy" src="photos/a.webp" title="题"> 缺</p>'
    )
    assert [(image.target, image.alt) for image in asked] == [("a.jpg", "花&开"), ("b.jpg", "缺")]


def test_images_without_words_or_from_elsewhere_are_found() -> None:
    assert found(
        "![](a.jpg) ![ ](b.jpg) ![远](https://example.org/a.png) ![x](data:image/png,x)"
    ) == [
        ("empty-alt", "![](a.jpg)"),
        ("empty-alt", "![ ](b.jpg)"),
        ("unsafe-image", "![远](https://example.org/a.png)"),
        ("unsafe-image", "![x](data:image/png,x)"),
    ]
    assert html("![远](https://example.org/a.png)") == "<p>远</p>"


# --- markup --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "<script>",
        "<img src=x onerror=alert(1)>",
        "<img src=x onerror=alert(1)",
        "<br/>",
        "<!-- 待核实 -->",
        "<!-- 没有结尾",
        "<svg/onload=alert(1)>",
        "<!DOCTYPE html>",
        "<?php x ?>",
        "<custom-tag>",
        "</div>",
    ],
)
def test_markup_is_text_and_found(body: str) -> None:
    assert found(f"前{body}") == [("raw-html", body)]
    assert show(f"前{body}").text == f"前{body}"
    assert html(body).count("<") == 2


def test_an_element_is_one_fault() -> None:
    assert found("<b>粗</b>与<b>粗</b>") == [("raw-html", "<b>"), ("raw-html", "<b>")]


@pytest.mark.parametrize(
    "body", ["a < b", "1<2 且 3>2", "《书名》", "<不忘初心>", "`<b>`", "a<b", "x <- y", "<3", "->"]
)
def test_what_is_no_markup(body: str) -> None:
    assert scan(body).findings == ()


@pytest.mark.parametrize(
    "body",
    [
        '<p class="MsoNormal">',
        "<o:p>",
        "<!--[if gte mso 9]>",
        "<?xml:namespace prefix = o />",
        '<span style="mso-bidi-font-size:10.5pt">',
        "<!--StartFragment-->",
        "Normal 0 7.8 磅 0 2 false false false MicrosoftInternetExplorer4",
        "/* Style Definitions */ table.MsoNormalTable",
        "<![endif]-->",
    ],
)
def test_what_word_leaves_behind_is_found(body: str) -> None:
    assert found(f"正文\n{body}\n")[0] == ("word-markup", body)


# --- footnotes -----------------------------------------------------------------------------------


def test_footnotes_are_numbered_as_they_are_referred_to() -> None:
    shown = html("甲[^乙]，丙[^1]，丁[^乙]。\n\n[^1]: 后\n[^乙]: 先 **粗**\n")
    assert '<sup id="s-fnref-1"><a class="footnote-ref" href="#s-fn-1">1</a></sup>，丙' in shown
    assert shown.index("先 <strong>粗</strong>") < shown.index("后")
    assert shown.count("返回正文") == 3
    assert '<section aria-label="注释" class="footnote">' in shown


def test_footnotes_of_two_bodies_do_not_meet() -> None:
    body = "## 题\n\n甲[^1]\n\n[^1]: 注"
    assert 'id="a-fn-1"' in render(body, known, prefix="a-").html
    assert "s-" not in render(body, known, prefix="a-").html.replace("class=", "")


def test_footnotes_without_their_other_half_are_found() -> None:
    body = "甲[^1]\n\n[^2]: 没有人引用\n"
    assert found(body) == [("unknown-footnote", "[^1]"), ("unused-footnote", "[^2]: ")]
    assert "没有人引用" in show(body).text
    assert "返回正文" not in html(body)


# --- text ----------------------------------------------------------------------------------------


def test_text_is_what_a_reader_sees() -> None:
    body = (
        "## 背景\n\n打造**“甲”**，见[[向阳花开]][^1]\n第二行 `码` &amp; \\*\n\n- 一\n- 二\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: 注文\n"
    )
    assert show(body).text.splitlines() == [
        "背景", "打造“甲”，见向阳花开", "第二行 码 & *", "一", "二", "a b", "1 2", "注文",
    ]  # fmt: skip


def test_an_excerpt_is_the_first_words() -> None:
    body = "## 题\n\n打造**“甲”**，见[[向阳花开|这里]]与[链接](x)。\n第二行 `码`\n\n| a |\n|---|\n"
    assert excerpt(body, 100) == "打造“甲”，见这里与链接。第二行 码"
    assert excerpt(body, 8) == "打造“甲”，见…"
    assert excerpt("One line\ntwo", 100) == "One line two"
    assert excerpt("　　甲 乙。\n\n丙。\n\n## 丁\n\n戊。\n", 100) == "甲 乙。丙。戊。"
    assert excerpt("", 10) == ""


# --- the room itself -----------------------------------------------------------------------------


def test_rendering_repeats_itself_in_every_thread() -> None:
    bodies = [f"## 题{n}\n\n甲[^1] **粗{n}** [[向阳花开]]\n\n[^1]: 注{n}\n" for n in range(40)]
    expected = [show(body) for body in bodies]
    barrier = threading.Barrier(4)

    def work(_: int) -> list[Prose]:
        barrier.wait()
        return [show(body) for body in bodies]

    with ThreadPoolExecutor(4) as pool:
        assert all(result == expected for result in pool.map(work, range(4)))


def test_a_callback_that_fails_spoils_nothing() -> None:
    def fail(_: WikiLink) -> None:
        raise LookupError

    body = "- 甲\n  - [[乙]]"
    with pytest.raises(LookupError):
        render(body, fail)
    assert html(body) == "<ul>\n<li>甲<ul>\n<li>乙</li>\n</ul>\n</li>\n</ul>"


def test_rendering_may_happen_within_rendering() -> None:
    def nested(link: WikiLink) -> tuple[str, str]:
        return "../x/", show(f"**{link.target}**").text

    assert 'title="乙"' in render("- [[乙|丙]]", nested).html


def test_every_word_of_a_finding_is_explained() -> None:
    assert all(FINDINGS.values())
    assert all(name == name.lower() and " " not in name for name in FINDINGS)
