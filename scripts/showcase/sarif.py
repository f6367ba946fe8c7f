"""Diagnostics → SARIF 2.1.0, which code-scanning services and editors read (OASIS Standard).

Numbers in brackets below are sections of the standard.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any, TypeAlias
from urllib.parse import quote

from showcase.diagnostics import Diagnostic, Span, visible
from showcase.report import FAMILIES
from showcase.rules import RULES, explanation

Json: TypeAlias = dict[str, Any]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
"""The name that services know for the folder that was checked out."""


def as_sarif(found: Iterable[Diagnostic]) -> str:
    """Return a SARIF log of one run, in ASCII: no terminal takes a part of it for a command."""
    run = {
        "tool": {"driver": _driver()},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "项目文件夹"}}},
        "results": [_result(item) for item in found],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1)


def _driver() -> Json:
    return {
        "name": "showcase",
        "version": version("civic-showcase"),
        "rules": [_rule(code) for code in RULES],
    }


def _rule(code: str) -> Json:
    """Return a rule's descriptor (3.49): its docstring is its help."""
    title, _, rest = explanation(code).partition("\n")
    return {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": _why(rest) or title},
        "help": {"text": rest.strip() or title},
        "properties": {"tags": [FAMILIES[code[:3]]]},
    }


def _why(rest: str) -> str:
    """Return the paragraph that says why, on one line."""
    return "".join(rest.strip().partition("\n\n")[0].split("\n"))


def _result(item: Diagnostic) -> Json:
    """Return a result (3.27); a rule's index is its place in the table, as ``_driver`` lists it."""
    result: Json = {
        "ruleId": item.code,
        "ruleIndex": _INDEX[item.code],
        "level": item.severity.value,
        "message": {"text": visible(f"{item.message}。{item.help}")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(item.file), "uriBaseId": _ROOT},
                    "region": _region(item.span),
                }
            }
        ],
    }
    if item.field:
        result["properties"] = {"field": item.field}
    return result


def _region(span: Span) -> Json:
    """Return a region (3.30): like a span it counts from 1 and excludes its end."""
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


_INDEX = {code: index for index, code in enumerate(RULES)}
