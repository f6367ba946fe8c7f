"""Bodies of records as strategies: what people type, and what is made to break a parser."""

from __future__ import annotations

from hypothesis import strategies as st

#: Pieces of Markdown and of attacks on it. Text is built from them far more tellingly than from
#: characters alone, which are mixed in all the same.
TOKENS = [
    "[", "]", "(", ")", "*", "**", "***", "****", "_", "__", "`", "``", "```", "```\n", "~~~\n",
    "<", ">", "<b>", "</b>", "<script>", "<!-- x -->", "<o:p>", "&", "&amp;", "&lt;", "&#60;",
    "|", "\n", "\n\n", "  ", "    ", "\t", "- ", "+ ", "* ", "1. ", "2019. ", "# ", "## ", "### ",
    "#", "> ", "[[甲]]", "[[甲|乙]]", "[[", "]]", "[^1]", "\n[^1]: ", "\n[a]: b.c\n", "[a]", "![",
    "![图](y.jpg)", "](b)", "](javascript:x)", "](//h)", "](<a b>)", "\n---\n", "===\n",
    "\n|-|-|\n", "a|b\n-|-\n", "汉", "字。", "“", "”", "a", "\\", "https://a.cn", "<http://a.cn>",
    "<a@b.cn>", '"', "'", "\0", "\x0b", "\r", "\r\n", "\ud800", "\ufdd00\ufdd1", "\ufdd40\ufdd4",
    "\U0010ff3c", "\x02klzzwxh:0000\x03", "\xa0", "\u200b", "　", "onclick=x",
    "///Footnotes Go Here///",
]  # fmt: skip

bodies = st.lists(st.one_of(st.sampled_from(TOKENS), st.characters()), max_size=60).map("".join)

#: How lines begin and end, and what stands in them: blocks, and blocks within blocks.
_STARTS = [
    "", "", "", "- ", "1. ", "3. ", "2019. ", "* ", "+ ", "> ", "## ", "#", "####", "  - ", "    ",
    "    - ", "  ", " ", "\u3000\u3000", "\t", "| ", "a|b", "[^1]: ", "[^2]: ", "- > ", "> - ",
    ">  ", "- ## ", "    > ", "```", "[甲]: b.c", "_", "-", "*", "=",
]  # fmt: skip
_WORDS = [
    "我们服务群众", "**重点**", "打造**“向阳”**品牌", "*轻*", "__甲_乙", "a_b_c",
    "2019 年", "（见附件）",
    "[[甲]]", "[[乙|丙]]", "![图](y.jpg)",
    "[网](https://a.cn)", "https://a.cn", "`码`", "[^1]", "[^2]",
    "&", "&nbsp;", "&lt;", "<b>", "|", "-|-", "---", "***", "#", "\\*",
    "\\", "  ", "\t", "\u3000", "\xa0",
]  # fmt: skip
_ENDS = ["\n", "\n", "\n\n", "\n\n", "\n\n\n", "\n  \n", "\r\n", "  \n"]

_lines = st.builds(
    "{}{}{}".format,
    st.sampled_from(_STARTS),
    st.lists(st.sampled_from(_WORDS), max_size=4).map("".join),
    st.sampled_from(_ENDS),
)
#: Bodies of many lines, of which most begin something and stand in something.
layouts = st.lists(_lines, max_size=14).map("".join)
