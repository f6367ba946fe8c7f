"""What the property tests try: texts, files as people write them, and what happens to them."""

from __future__ import annotations

from hypothesis import strategies as st

# Characters that mean something to YAML, to Markdown or to the reader come up often.
SIGNS = "-:：#&*!|>'\"%@`[]{},?~=<>\\/ \t\n\u3000\u00a0—－•“”「」…·，、。"
AWKWARD = "\0\x07\x1b\x7f\x85\x9b\u200b\u202e\u2028\u2029\ue000\ufeff\ufffd\uffff\r\x0b\x0c"
WORDS = [
    "名称",
    "口号",
    "标签",
    "成效",
    "名目",
    "数值",
    "id",
    "title",
    "---",
    "草稿",
    "2019-03",
    "[[",
]

characters = st.one_of(
    st.characters(codec="utf-8"),
    st.sampled_from(SIGNS),
    st.sampled_from(AWKWARD),
    st.sampled_from("测试品牌甲乙丙𠮷é🌻18+N"),
)
texts = st.lists(st.one_of(characters, st.sampled_from(WORDS)), max_size=60).map("".join)
plain = st.text(st.sampled_from("测试品牌甲乙丙丁党群同心向阳花开"), min_size=1, max_size=8)
"""Text that every form of YAML reads as it stands."""

RECORD = """---
名称: 测试品牌甲
简介: 一句话的简介。
状态: 公开
启用: 2019-03
曾用: [品牌一, 品牌二]
主题:
  - 测试主题甲
荣誉:
  - 荣誉: 测试荣誉甲
    年份: 2019
成效:
  - {名目: 爱心款, 数值: 9931, 单位: 元}
备注: |
  第一行
  第二行
口号: "引号: 里的字"
---

## 背景意义

见 [[测试主题甲|主题]]和[网站](https://example.com/)。

- 一
- 二
"""
LIST = """# 主题
- id: 测试主题甲
  名称: 测试主题甲
  上级: 测试主题乙
- id: 测试主题乙
  名称: 测试主题乙
  曾用:
    - 主题二
  正文: |
    正文。
"""
SETTINGS = """站名: 测试站
首页推荐:
  - 测试品牌甲
友情链接:
  - {名称: 网站, 网址: https://example.com/}
"""
HONOURS = "- id: 测试荣誉甲\n  名称: 测试荣誉甲\n"

PROJECT = {
    "site.yml": SETTINGS,
    "brands/测试品牌甲.md": RECORD,
    "themes.yml": LIST,
    "honours.yml": HONOURS,
}


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """Return a text after a few accidents: characters and lines lost, put in, moved, doubled."""
    for _ in range(draw(st.integers(1, 6))):
        what = draw(
            st.sampled_from(["insert", "delete", "replace", "swap", "double", "cut", "indent"])
        )
        at = draw(st.integers(0, len(text)))
        if what == "insert":
            text = text[:at] + draw(st.one_of(characters, texts)) + text[at:]
        elif what == "delete":
            text = text[:at] + text[at + draw(st.integers(1, 12)) :]
        elif what == "replace":
            text = text[:at] + draw(characters) + text[at + 1 :]
        elif what == "cut":
            text = text[:at]
        else:
            text = _moved(
                text.split("\n"), what, draw(st.integers(0, 40)), draw(st.integers(0, 40))
            )
    return text


def _moved(lines: list[str], what: str, one: int, other: int) -> str:
    one, other = one % len(lines), other % len(lines)
    if what == "swap":
        lines[one], lines[other] = lines[other], lines[one]
    elif what == "double":
        lines.insert(other, lines[one])
    else:
        lines[one] = " " * (other % 5) + lines[one].lstrip()
    return "\n".join(lines)
