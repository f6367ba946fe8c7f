"""A record to fill in, made from the kind's own fields."""

from __future__ import annotations

from collections.abc import Iterator

from showcase.model.fields import Field, fields_of
from showcase.model.kinds import Kind
from showcase.model.record import DRAFT

_SKIPPED = frozenset({"body", "slug", "exemptions"})


def new_record(kind: Kind, title: str) -> str:
    """Return the text of a new record: required fields first, the others as comments.

    The new record is a draft, so that nothing half-written is ever published; examples stand
    in comments only, so that none can be published by mistake.
    """
    lines = ["---", f"名称: {scalar(title)}"]
    fields = [field for field in kind.fields if field.name not in (*_SKIPPED, "title")]
    required = [field for field in fields if field.required]
    lines += (f"{field.label.name}:  # 必填。{_hint(field)}" for field in required)
    lines += [
        f"状态: {DRAFT}  # 写好以后改成「公开」",
        "",
        "# 下面的字段按需要填写：删掉行首的「# 」。",
    ]
    for field in fields:
        if not field.required and field.name != "status":
            lines += _commented(field)
    lines += ["---", ""]
    for section in kind.record.required_sections:
        lines += [f"## {section}", "", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def scalar(text: str) -> str:
    """Return text as it stands in YAML: in quotes where it would be read as something else."""
    plain = text and text == text.strip() and text[0] not in "-?:,[]{}#&*!|>'\"%@`"
    if plain and ": " not in text and " #" not in text and not text.endswith(":"):
        return text
    return "'" + text.replace("'", "''") + "'"


def _hint(field: Field) -> str:
    return f"{field.label.help}（{field.holds.words}）"


def _commented(field: Field) -> Iterator[str]:
    if field.nested is not None:
        yield f"# {field.label.name}:  # {field.label.help}"
        first = "- " if field.many else ""
        for inner in fields_of(field.nested):
            yield f"#   {first}{inner.label.name}: {scalar(inner.label.example)}"
            first = "  " if field.many else ""
    elif field.many:
        yield f"# {field.label.name}:  # {field.label.help}"
        yield f"#   - {scalar(field.label.example)}"
    else:
        yield f"# {field.label.name}: {scalar(field.label.example)}  # {field.label.help}"
