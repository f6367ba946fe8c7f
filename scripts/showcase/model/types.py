"""How typed text becomes a field's value, and what is said to the person when it cannot.

Each type reads the text that was typed (``str``, or a list or mapping by mistake) and raises a
``PydanticCustomError`` whose type is a diagnostic's code and whose context holds its help.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from msgspec import Struct
from pydantic import BeforeValidator, GetCoreSchemaHandler, PlainValidator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from showcase.diagnostics import short
from showcase.model.dates import PartialDate, read_date
from showcase.model.fields import Holds
from showcase.pattern import pattern

T = TypeVar("T")


def reject(code: str, message: str, help: str) -> PydanticCustomError:
    """Return the error that a validator raises: a diagnostic's code, message and help."""
    # The text is passed as a value, since pydantic would read braces in it as placeholders.
    return PydanticCustomError(code, "{message}", {"message": message, "help": help})


def shown(value: object) -> str:
    """Return a value as a message quotes it: short, on one line."""
    if isinstance(value, list):
        return "一个列表"
    if isinstance(value, dict):
        return "一组字段"
    return f"「{short(str(value))}」"


def _text(value: object) -> object:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict) and not any(value.values()):
        words = "、".join(map(str, value))
        help = f"文字以花括号开头时，请用引号把整段文字括起来，例如 '{{{short(words)}}}'"
    elif isinstance(value, dict):
        # The usual cause: a reference such as «…, 2020(06): 66-67.», which YAML reads as a field.
        help = '文字里有半角冒号加空格「: 」时，请用引号把整段文字括起来，例如 "今日海南: 66-67"'
    else:
        help = "请直接在冒号后面写文字"
    raise reject("SHP003", f"应当是一段文字，这里是{shown(value)}", help)


def _limit(length: int) -> Callable[[str], str]:
    def check(value: str) -> str:
        if len(value) > length:
            raise reject(
                "SHP006",
                f"有 {len(value)} 个字，超过 {length} 个字",
                f"请缩短到 {length} 个字以内；详细内容请写在正文里",
            )
        return value

    return check


def _count(value: object) -> int:
    text = str(_text(value))
    digits = text.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", text) else text
    if not re.fullmatch(r"[0-9]{1,12}", digits):
        raise reject("SHP003", f"{shown(text)}不是整数", "请只写阿拉伯数字，例如 120；单位不用写")
    return int(digits)


class Number(Struct, frozen=True):
    """A number as typed and what it amounts to: ``13万`` is 130000."""

    text: str
    value: Decimal

    def __str__(self) -> str:
        return self.text


_NUMBER = pattern(
    r"(?P<digits>\d{1,15}(?:\.\d{1,6})?|\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?)\s*(?P<scale>[万亿]?)"
)
_SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}


def _number(value: object) -> Number:
    if isinstance(value, Number):
        return value
    text = str(_text(value))
    match = _NUMBER.fullmatch(text)
    if match is None or not text.isprintable():
        raise reject(
            "SHP003",
            f"{shown(text)}不是数字",
            "请只写数字，例如 9931 或 13万；「超过」「约」写在「比较」里，单位写在「单位」里",
        )
    amount = Decimal(match["digits"].replace(",", "")) * _SCALES[match["scale"]]
    return Number(text, amount)


def _date(value: object) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    found = read_date(str(_text(value)))
    if isinstance(found, PartialDate):
        return found
    raise reject(*found)


def _web_address(value: object) -> str:
    text = str(_text(value))
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or re.search(r"[\s<>\"\\]", text):
        raise reject("SHP003", f"{shown(text)}不是网址", "请写完整的网址，例如 https://www.gov.cn/")
    return text


_SLUG = pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _slug(value: object) -> str:
    text = str(_text(value))
    if text == "page":
        raise reject("URL002", "「page」是列表分页的地址，不能用", "请换一个网址名")
    if not _SLUG.fullmatch(text) or len(text) > 80:
        raise reject(
            "URL002",
            f"{shown(text)}不能用作网址",
            "只用小写字母、数字和减号，例如 xiang-yang-hua-kai（不超过 80 个字符）",
        )
    return text


_REVIEW_NUMBER = pattern(
    r"(?=.*[SG审])[A-Z\u4e00-\u9fff]{1,8}[(（〔\[【](?P<year>[0-9]{4})[)）〕\]】]"
    r"第?[0-9]{1,6}(?:-[0-9]{1,6})?号?"
)


def _review_number(value: object) -> str:
    text = str(_text(value))
    number = re.sub(r"^审图号[:：]?|\s+", "", text)
    match = _REVIEW_NUMBER.fullmatch(number)
    if match is None or not 1980 <= int(match["year"]) <= 2100:
        raise reject(
            "IMG016",
            f"{shown(text)}不是审图号",
            "请照地图上印的抄，例如 GS(2024)1234号、苏S(2024)12号",
        )
    return number


_PLAN = pattern(r"(\d{1,3})\s*\+\s*N", re.IGNORECASE)
_TURNED_PLAN = pattern(
    r"N\s*\+\s*(?P<after>\d{1,3})|(?P<before>\d{1,3})\s*[十加x*-]\s*N", re.IGNORECASE
)
_NO_ORDINAL = pattern(r"第?0+[号支个]?|[-−–—]\s*\d+|\d*\.\d+|第?0+/\d+")


def _slot(value: object) -> str:
    """Read a team's place: ``18+N`` in any width, or which of them it is; the rest as typed."""
    text = str(_text(value))
    plain = unicodedata.normalize("NFKC", text)
    if plan := _PLAN.fullmatch(plain):
        return f"{plan[1]}+N"
    if turned := _TURNED_PLAN.fullmatch(plain):
        number = turned["after"] or turned["before"]
        raise reject("SHP003", f"{shown(text)}的写法不对", f"请写成「{number}+N」")
    if _NO_ORDINAL.fullmatch(plain):
        raise reject("SHP003", f"{shown(text)}不是序号", "序号从 1 数起，只写整数，例如 1 或 18+N")
    return text


_YES = frozenset({"是", "yes", "true", "有", "常态化"})
_NO = frozenset({"否", "no", "false", "无"})


class Regularity(Struct, frozen=True):
    """Whether an activity is held regularly, and its rhythm where one was given."""

    regular: bool
    rhythm: str = ""


def _regularity(value: object) -> Regularity:
    if isinstance(value, Regularity):
        return value
    text = str(_text(value))
    if text.lower() in _YES | _NO:
        return Regularity(regular=text.lower() in _YES)
    return Regularity(regular=True, rhythm=text)


UNSTATED = "未注明"
"""What a required choice says when no source says more: better than a guess."""


class Choice:
    """Allows few values, each in Chinese and in English; the value kept is the Chinese one."""

    def __init__(self, *pairs: tuple[str, str], code: str = "SHP005") -> None:
        self._known = {word: chinese for chinese, english in pairs for word in (chinese, english)}
        self._code = code
        self.values = tuple(chinese for chinese, _ in pairs)
        both = [word for pair in pairs for word in pair]
        self.holds = Holds("、".join(self.values), (("enum", both),))

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Let pydantic run :meth:`read` before it looks at the value."""
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def read(self, value: object) -> str:
        """Return the Chinese word for a value; raise with all allowed ones otherwise."""
        text = str(_text(value))
        if text in self._known:
            return self._known[text]
        allowed = "、".join(self.values)
        raise reject(self._code, f"不认识的值{shown(text)}", f"可以写：{allowed}")


def _listed(value: object) -> object:
    if value is None or isinstance(value, (list, tuple)):
        return value
    return [value]


Text = Annotated[str, BeforeValidator(_text), Holds("文字")]
Summary = Annotated[
    str, BeforeValidator(_limit(120)), BeforeValidator(_text), Holds("文字（不超过 120 字）")
]
Count = Annotated[int, BeforeValidator(_count), Holds("整数", sort="integer")]
Amount = Annotated[Number, PlainValidator(_number), Holds("数字", sort="number")]
Date = Annotated[PartialDate, PlainValidator(_date), Holds("日期，可以只写年或年月", sort="date")]
WebAddress = Annotated[str, BeforeValidator(_web_address), Holds("网址")]
Slug = Annotated[str, BeforeValidator(_slug), Holds("小写字母、数字和减号")]
Slot = Annotated[str, BeforeValidator(_slot), Holds("文字")]
Rhythm = Annotated[
    Regularity, PlainValidator(_regularity), Holds("是、否，或者写明多久一次", sort="rhythm")
]
ReviewNumber = Annotated[str, BeforeValidator(_review_number), Holds("审图号")]

Many = Annotated[tuple[T, ...], BeforeValidator(_listed)]
"""A list; a single value stands for a list of one."""
