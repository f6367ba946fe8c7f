"""The handbook's derived pages: the tables of fields and a page for each rule.

Pure functions from the table of kinds and the table of rules to Markdown, so that the handbook
cannot say anything else than the checker does. :mod:`showcase.derive` writes the pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from showcase.audit import CHECKS, inspection
from showcase.model import KINDS, Field, Fields, Kind, Record, Site, fields_of
from showcase.model.template import scalar
from showcase.pattern import pattern
from showcase.report import FAMILIES
from showcase.rules import RULES, explanation

FIELDS = "docs/handbook/fields.md"
RULES_FOLDER = "docs/handbook/rules"
AUDIT = "docs/handbook/audit.md"

_ABOUT_FIELDS = """\
每种记录放在哪里、可以写哪些字段，都在这里。字段名写中文或英文都可以，同一条记录里一个字段只写一次。

除了注明「必填」的，其余都可以不写：不知道的就空着，网页上不会留下空标题。

引用别的记录（例如「单位」「地区」）时，写它的编号、全名或曾用名。例子里的「示例单位」等，请换成你们自己的。"""
_ABOUT_PLACES = """\
以品牌为例，有三种放法，任选一种：

- 一条一个文件：`content/brands/编号.md`；
- 和照片放在一起：`content/brands/编号/index.md`；
- 几条小记录放在一个列表文件里：`content/brands.yml`。"""
_ABOUT_RULES = """\
检查报告里，每一处问题都有一个编号，例如 `SHP002`。这里按编号说明：查什么，为什么查，怎样写才对。

报告怎么读，请看[看懂检查报告](../report.md)。"""

_ABOUT_AUDIT = """\
`check` 查的是记录，`audit` 查的是生成好的网站：每一个文件逐字节地看，不管它是谁生成的。

```text
python scripts/run.py audit
python scripts/run.py audit --html 审核报告.html
```

第二条另外写一份可以打开、打印、存档的网页报告。报告里的文件名从网站的文件夹算起。

- `--absent 名字`：查一个名字是否已经彻底消失。
- `--twice`：把网站再生成两次，两次都从头做起，逐字节比较。
- `--strict`：把提醒也算作不通过。
- `--format json`：供程序使用。

退出码：0 通过，1 有问题，2 没能运行。

审核不联网，不检查指向别的网站的链接；只有拼音首字母（如 `zxy`）的，也认不出来。"""
_ABOUT_INSPECTION = "依据是{source}。下面只列程序能从文件里看出来的，其余要由人核对。"

_MARKS = pattern(r"([\\`*_\[\]#])")
_EXAMPLE = pattern(r"(错误|正确)：(.*)", re.DOTALL)
_COMMON_SHOWN = frozenset({"title", "summary", "place", "sources"})
"""The common fields that a kind's own example repeats; the others have an example of their own."""
_SUMMARY = "用一两句话说清楚：这是什么，在哪里，有什么特点。"
_NOT_SHOWN = frozenset({"exemptions"})
"""An exemption in an example would exempt nothing."""


def pages() -> dict[str, str]:
    """Return the text of every derived page by its path in the project."""
    rules = {f"{RULES_FOLDER}/{code}.md": rule_page(code) for code in RULES}
    index = {f"{RULES_FOLDER}/index.md": rules_index()}
    return {FIELDS: fields_page(), AUDIT: audit_page(), **index, **rules}


def audit_page() -> str:
    """Return the page that explains the audit: its checks, and the inspection they cover."""
    rules = (
        (_text(rule.name), _text(rule.says), "、".join(rule.codes) or "不查", _text(rule.note))
        for rule in inspection.RULES
    )
    checks = (
        (f"{code}", check.severity.label, _text(check.title), _text(check.why), _text(check.help))
        for code, check in CHECKS.items()
    )
    blocks = [
        *_head("审核成品网站", "审核项目的说明"),
        _ABOUT_AUDIT,
        "## 对照政府网站的检查指标 {#inspection}",
        _ABOUT_INSPECTION.format(source=_text(inspection.SOURCE)),
        _table("指标 内容 编号 说明", rules),
        "## 全部项目 {#checks}",
        _table("编号 轻重 查什么 为什么 怎么办", checks),
        "[回到手册目录](index.md)",
    ]
    return _page(blocks)


def rules_index() -> str:
    """Return the page that lists the rules by family."""
    blocks = [
        *_head("检查规则", "规则的说明"),
        _ABOUT_RULES,
    ]
    for family, name in FAMILIES.items():
        codes = [code for code in RULES if code.startswith(family)]
        if codes:
            rows = ((f"[{code}]({code}.md)", _text(_title(code))) for code in codes)
            blocks += [f"## {name}（{family}） {{#{family.lower()}}}", _table("编号 说明", rows)]
    return _page(blocks)


def rule_page(code: str) -> str:
    """Return the page of a rule, made from its docstring; raises ``KeyError`` if unknown."""
    _, *parts = explanation(code).split("\n\n")
    blocks = [*_head(f"{code} {_title(code)}", "规则的说明")]
    for part in parts:
        example = _EXAMPLE.fullmatch(part)
        if example:
            lines = [line.removeprefix("    ") for line in example[2].lstrip("\n").split("\n")]
            blocks += [f"**{example[1]}**", _fenced("text", "\n".join(lines))]
        else:
            blocks.append(_text(_one_line(part)))
    blocks.append("[全部规则](index.md) · [看懂检查报告](../report.md)")
    return _page(blocks)


def fields_page() -> str:
    """Return the page that explains every field of every kind."""
    common = fields_of(Record)
    plain = next(kind for kind in KINDS.values() if not _demands(kind))
    path = f"content/{plain.plural}.yml"
    blocks = [
        *_head("字段表", "字段的声明"),
        _ABOUT_FIELDS,
        "## 哪种记录放在哪里 {#kinds}",
        _table("种类 写什么 文件夹", map(_place, KINDS.values())),
        _ABOUT_PLACES,
        "## 每种记录都有的字段 {#common}",
        *_tables(common, "common"),
        f"例子，写在列表文件 `{path}` 里（列表里的每一条以 `- id:` 开头）：",
        _fenced("yaml", _list_item(plain, common)),
    ]
    for kind in KINDS.values():
        blocks += _kind_section(kind, common)
    blocks += [
        "## 网站设置 {#site}",
        "网站的名称、口号、主办单位、备案号等，写在 `content/site.yml` 里。",
        *_tables(fields_of(Site), "site"),
        "例子，文件 `content/site.yml`：",
        _fenced("yaml", "\n".join(_mapping(fields_of(Site), Site))),
        "[回到手册目录](index.md)",
    ]
    return _page(blocks)


def _kind_section(kind: Kind, common: tuple[Field, ...]) -> Iterator[str]:
    own = tuple(field for field in kind.fields if field not in common)
    yield f"## {kind.label} {{#{kind.name}}}"
    yield f"{kind.about}。放在 `content/{kind.plural}/`，或写在 `content/{kind.plural}.yml` 里。"
    if kind.record.required_sections:
        yield f"正文应当有这几节：{'、'.join(kind.record.required_sections)}。"
    if own:
        yield f"除了[每种记录都有的字段](#common)，{kind.label}还有："
        yield from _tables(own, kind.name)
    yield f"例子，文件 `content/{kind.plural}/{_name(kind)}.md`："
    yield _fenced("yaml", example(kind))


def _place(kind: Kind) -> tuple[str, ...]:
    return f"[{kind.label}](#{kind.name})", _text(kind.about), f"`content/{kind.plural}/`"


def _demands(kind: Kind) -> bool:
    needed = [field for field in kind.fields if field.required and field.name != "title"]
    return bool(needed or kind.record.required_sections)


# --- examples -----------------------------------------------------------------------------------


def example(kind: Kind) -> str:
    """Return a complete record of a kind.

    Names of records are plainly made up (``示例品牌``), so that no example states anything about
    a real person or place; the examples of all kinds name one another.
    """
    common = fields_of(Record)
    fields = (field for field in kind.fields if field not in common or field.name in _COMMON_SHOWN)
    sections = [f"## {section}\n\n这一节的内容。" for section in kind.record.required_sections]
    body = "\n\n".join(sections) or "正文写在这里，一段一段地写，段与段之间空一行。"
    return "\n".join(["---", *_mapping(fields, kind.record), "---", "", body])


def _list_item(kind: Kind, fields: Iterable[Field]) -> str:
    given = {"title": "列表里的例子", "summary": _SUMMARY}
    lines = [line for field in fields for line in _lines(field, kind.record, given)]
    return "\n".join(["- id: 列表里的例子", *(f"  {line}" for line in lines)])


def _mapping(fields: Iterable[Field], owner: type[Fields]) -> list[str]:
    title = next((_name(kind) for kind in KINDS.values() if kind.record is owner), "")
    given = {"title": title, "summary": _SUMMARY} if title else {}
    return [line for field in fields for line in _lines(field, owner, given)]


def _lines(field: Field, owner: type[Fields], given: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a field in an example; none where there is nothing to show."""
    name = field.label.name
    if field.nested is not None and field.name not in _NOT_SHOWN:
        inner = _mapping(fields_of(field.nested), field.nested)
        first, rest = ("  - ", "    ") if field.many else ("  ", "  ")
        if inner:
            yield f"{name}:"
            yield f"{first}{inner[0]}"
            yield from (f"{rest}{line}" for line in inner[1:])
    elif field.nested is None:
        value = given.get(field.name) or _value(field, owner)
        if value and field.many:
            yield from (f"{name}:", f"  - {scalar(value)}")
        elif value:
            yield f"{name}: {scalar(value)}"


def _value(field: Field, owner: type[Fields]) -> str:
    if field.ref is None:
        return field.label.example
    named = KINDS[field.ref.kinds[0]]
    # A record must not be its own parent.
    return f"另一个{_name(named)}" if named.record is owner else _name(named)


def _name(kind: Kind) -> str:
    return f"示例{kind.label}"


# --- tables -------------------------------------------------------------------------------------


def _tables(fields: tuple[Field, ...], anchor: str) -> Iterator[str]:
    """Yield the table of some fields, then one for each group of fields among them."""
    heads = "字段 英文名 必填 写什么 例子"
    yield _table(heads, (_row(field) for field in fields))
    for field in fields:
        if field.nested is not None:
            yield f"### 「{field.label.name}」里的字段 {{#{anchor}-{field.name}}}"
            yield _table(heads, (_row(inner) for inner in fields_of(field.nested)))


def _row(field: Field) -> tuple[str, ...]:
    label = field.label
    names = "、".join(_code(name) for name in (field.name, *label.also))
    needed = "必填" if field.required else ""
    shown = "见下表" if field.nested is not None else _code(label.example)
    name = f"{label.name}（不公开）" if label.private else label.name
    return (_text(name), names, needed, _text("；".join(_what(field))), shown)


def _what(field: Field) -> Iterator[str]:
    yield field.label.help
    if field.ref is not None:
        yield f"填已有的{'、'.join(KINDS[name].label for name in field.ref.kinds)}"
    elif field.nested is not None and field.nested.shorthand:
        short = next(f for f in fields_of(field.nested) if f.name == field.nested.shorthand)
        yield f"只有「{short.label.name}」时，直接写它就行"
    elif any(keyword == "enum" for keyword, _ in field.holds.schema):
        yield f"可以写：{field.holds.words}"
    elif field.nested is None and field.holds.words != "文字":
        yield field.holds.words
    if field.many:
        yield "可以写几个"


# --- Markdown -----------------------------------------------------------------------------------


def _head(title: str, origin: str) -> tuple[str, str]:
    front = f"# 由 showcase derive 从{origin}生成，请不要手改。"
    quoted = json.dumps(title, ensure_ascii=False)
    return f"---\n{front}\ntitle: {quoted}\n---", f"# {_text(title)}"


def _page(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def _title(code: str) -> str:
    return explanation(code).partition("\n")[0]


def _text(text: str) -> str:
    """Return plain text as Markdown that shows it, in a table too."""
    return _MARKS.sub(r"\\\1", escape(text, quote=False)).replace("|", "&#124;")


def _code(text: str) -> str:
    # A code span can hold neither its own mark nor the mark that parts a table's cells.
    return f"`{text}`" if text and "`" not in text and "|" not in text else _text(text)


def _fenced(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```"


def _table(heads: str, rows: Iterable[tuple[str, ...]]) -> str:
    names = heads.split()
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _one_line(text: str) -> str:
    """Join lines as Chinese is set: a line's end is a space only between Western words."""
    return re.sub(r"(?<=[\u2e80-\uffef])\n|\n(?=[\u2e80-\uffef])", "", text).replace("\n", " ")
