"""Where links may lead, and what a link's text may promise."""

from __future__ import annotations

import pytest

from showcase.prose import Scan, render, scan


def faults(target: str, text: str = "文字") -> list[tuple[str, str]]:
    body = f"[{text}](<{target}>)"
    findings = scan(body).findings
    assert all((item.start, item.end) == (0, len(body)) for item in findings)
    return [(item.code_name, item.detail) for item in findings]


def shown(body: str) -> str:
    return render(body, lambda _: None).html


@pytest.mark.parametrize(
    "target",
    [
        "../about/",
        "photos/花 1.jpg",
        "#背景",
        "?q=向阳",
        "/brands/",
        "附件：说明.pdf",
        "2019:03.html",
        "https://www.gov.cn/zhengce/",
        "HTTP://WWW.GOV.CN",
        "https://[2400:3200::1]:8080/x",
        "https://例子.中国/路径",
        "http://1.2.4.8/",
        "https://example.org:443/a%20b?c=d&e=f#g",
        "mailto:a@example.org?subject=x",
        "tel:12345",
        "100%25.html",
    ],
)
def test_links_that_are_fine(target: str) -> None:
    assert faults(target) == []
    assert "<a " in shown(f"[文字](<{target}>)")


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java&#9;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "&#106;avascript&colon;alert(1)",
        "&#x6A;avascript:alert(1)",
        "java&#115cript:alert(1)",
        "\x01javascript:alert(1)",
        "java\u200bscript:alert(1)",
        "java\xadscript:alert(1)",
        "ｊavascript：alert(1)",
        "javascript%3Aalert(1)",
        "javascript\\:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "blob:x",
        "about:blank",
        "C:/照片/1.jpg",
        "C:\\照片\\1.jpg",
        "//example.org/x",
        "/\\example.org",
        "\\\\server\\share",
        "https:\\\\example.org",
        "https:example.org",
        "https:///example.org",
        "http://",
        "https://www.gov.cn@example.org/",
        "https://user:word@example.org/",
        "https://www.gov.cn\u200b/",
        "https://exa mple.org/",
        "https://a.cn:99999/",
        "http://[::1",
        "https://a<b.cn/",
    ],
)
def test_links_that_are_not_shown(target: str) -> None:
    assert [name for name, _ in faults(target)] == ["unsafe-link"]
    html = shown(f"[文字](<{target}>)")
    assert html == "<p>文字</p>"


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8000",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "１２７.0.0.1",
        "127。0。0。1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.1",
        "192.168.1.1:8080",
        "169.254.1.1",
        "[::1]",
        "[fe80::1]",
        "[::ffff:192.168.0.1]",
        "printer.local",
        "oa.lan",
        "wiki.internal",
        "oa",
        "内网",
        "192.168.1.1.",
    ],
)
def test_links_out_of_the_publics_reach(host: str) -> None:
    assert [name for name, _ in faults(f"http://{host}/x")] == ["private-link"]
    assert shown(f"[文字](<http://{host}/x>)") == "<p>文字</p>"


@pytest.mark.parametrize("host", ["172.15.0.1", "172.32.0.1", "11.0.0.1", "local.example.org"])
def test_links_within_the_publics_reach(host: str) -> None:
    assert faults(f"http://{host}/x") == []


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("www.gov.cn", "https://example.com/"),
        ("请登录 https://www.gov.cn/x 查询", "https://www.gov.cn.example.com/"),
        ("**www.gov.cn**", "https://gov-cn.example.com/"),
        ("gov.cn", "https://notgov.cn/"),
        ("www.gov.cn", "../about/"),
    ],
)
def test_a_text_that_names_another_site(text: str, target: str) -> None:
    assert [name for name, _ in faults(target, text)] == ["misleading-link"]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("www.gov.cn", "https://www.gov.cn/x"),
        ("gov.cn", "http://www.gov.cn/"),
        ("WWW.GOV.CN", "http://gov.cn/"),
        ("sousuo.www.gov.cn", "https://www.gov.cn/"),
        ("方案.docx", "https://example.com/"),
        ("plan.docx 2.0", "https://example.com/"),
        ("a@example.org", "https://example.com/"),
        ("3.14", "https://example.com/"),
        ("www.gov.cn", "mailto:a@example.com"),
    ],
)
def test_a_text_that_names_none_or_the_same(text: str, target: str) -> None:
    assert faults(target, text) == []


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ("见[文](http：//a.cn)。", "[文](http：//a.cn)"),
        ("见[文]（https://a.cn）。", "[文]（https://a.cn）"),
        ("见[文]（https://a.cn)。", "[文]（https://a.cn)"),
        ("见[文](https://a.cn）。", "[文](https://a.cn）"),
        ("见[文]（../about/）。", "[文]（../about/）"),
    ],
)
def test_full_width_marks_in_links(body: str, part: str) -> None:
    (finding,) = scan(body).findings
    assert (finding.code_name, body[finding.start : finding.end]) == ("full-width-link", part)


@pytest.mark.parametrize("body", ["[文]（见附件）", "[文](见附件)", "[甲](2019年启用)，[1](说明)"])
def test_text_in_brackets_is_text(body: str) -> None:
    assert scan(body) == Scan()
    assert shown(body) == f"<p>{body}</p>"


@pytest.mark.parametrize("body", ["[](a.html)", "[文]()", "[ ](a.html)", "[文](<>)", "[[ ]]"])
def test_empty_links(body: str) -> None:
    assert [item.code_name for item in scan(body).findings] == ["empty-link"]
    assert "<a" not in shown(body)


def test_every_form_is_judged() -> None:
    body = "<javascript:x> http://10.0.0.1 [a][r] [r]\n\n[r]: vbscript:x\n"
    assert [item.code_name for item in scan(body).findings] == [
        "unsafe-link", "private-link", "unsafe-link", "unsafe-link",
    ]  # fmt: skip
    assert "<a" not in shown(body)
