"""Private data is found however it is written, near-misses are not, and no report repeats it.

The numbers are made up: birthdays in 1900, subscriber numbers of zeros, cards of zeros.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from showcase.cli import main
from showcase.diagnostics import Severity
from showcase.personal import Sort, checks, find, masked
from showcase.personal.search import MOST
from showcase.pipeline import check_project
from tests.projects import project

ID, ID_X = "110101190001010014", "11010119000101009X"
MOBILE = "13800000001"
CARD_19, CARD_16 = "6222020000000000000", "6222020000000007"
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
ZERO_WIDTH = "\N{ZERO WIDTH SPACE}"

IDENTITY = [
    ID,
    ID_X,
    ID_X.lower(),
    ID.translate(FULL_WIDTH),
    ID_X.translate(FULL_WIDTH),
    f"{ID[:6]} {ID[6:14]} {ID[14:]}",
    f"{ID[:6]}-{ID[6:14]}-{ID[14:]}",
    f"{ID[:6]}\u3000{ID[6:]}",
    ZERO_WIDTH.join(ID),
    " ".join(ID_X),
    f"{ID_X[:-1]} X",
    f"{ID[:10]}\\u200b{ID[10:]}",
    f"{ID[:9]}&#8203;{ID[9:]}",
    "110101000101001",
]
MOBILES = [
    MOBILE,
    "138-0000-0001",
    "138 0000 0001",
    "1380000 0001",
    "138 00000001",
    "138.0000.0001",
    "138\u00a00000\u00a00001",
    "138—0000—0001",
    "138**0000**0001",
    "138\n0000\n0001",
    " ".join(MOBILE),
    MOBILE.translate(FULL_WIDTH),
    ZERO_WIDTH.join(MOBILE),
    "1\ufe0f\u20e33800000001",
    "8613800000001",
    "86 138 0000 0001",
    "008613800000001",
    "&#49;3800000001",
]
POSITIVE = [
    *((Sort.IDENTITY, text) for text in IDENTITY),
    *((Sort.MOBILE, text) for text in MOBILES),
    *((Sort.CARD, text) for text in (CARD_19, CARD_16, "6222 0200 0000 0007")),
    *((Sort.CARD, text) for text in ("622202 0000000000000", CARD_19.translate(FULL_WIDTH))),
    *((Sort.PASSPORT, text) for text in ("E12345678", "EA1234567", "Ｅ１２３４５６７８")),
    *(
        (Sort.PLATE, text)
        for text in ("苏E12345", "苏E·12345", "苏e12345", "沪AF12345", "苏E1234警")
    ),
    *((Sort.MAILBOX, text) for text in ("ceshi@qq.com", "ce.shi@vip.sina.com", "ceshi＠gmail.com")),
    *((Sort.HOME, text) for text in ("阳光小区3幢2单元502室", "向群村三组十二号")),
]


@pytest.mark.parametrize(("sort", "text"), POSITIVE, ids=ascii)
def test_it_is_found_where_it_stands(sort: Sort, text: str) -> None:
    around = f"甲，{text}。乙"
    found = [one for one in find(around) if one.sort is sort]
    assert len(found) == 1
    if sort is not Sort.HOME:
        assert around[found[0].start : found[0].end] == text


@pytest.mark.parametrize(
    ("sort", "text"),
    [
        (Sort.PASSPORT, "护照号：e12345678"),
        (Sort.PASSPORT, "港澳通行证 C12345678"),
        (Sort.PASSPORT, "回乡证H0123456789"),
        (Sort.MOBILE, "电话 13 800 000 001"),
        (Sort.MOBILE, "tel:13800000001"),
        (Sort.MOBILE, f"0631-6651234 {MOBILE}"),
        (Sort.MOBILE, f"{MOBILE}（微信同号）"),
        (Sort.MOBILE, f"https://www.example.org/?phone={MOBILE}"),
        (Sort.MOBILE, f"office@example.gov.cn {MOBILE}"),
        (Sort.MOBILE, f"某某 {MOBILE} 个人提供"),
        (Sort.MOBILE, f"某某{MOBILE} 万某"),
        (Sort.MOBILE, f"快递 {MOBILE}"),
        (Sort.MOBILE, f"张{MOBILE}x"),
        (Sort.MOBILE, "138/0000/0001"),
        (Sort.MOBILE, "138~0000~0001"),
        (Sort.MOBILE, f"0631-6651234/{MOBILE}"),
        (Sort.MOBILE, f"{MOBILE}/13900000001"),
        (Sort.MOBILE, "13-8000-00001"),
        (Sort.MOBILE, "138-00-00-00-01"),
        (Sort.MOBILE, "电话一三八零零零零零零零一"),
        (Sort.MOBILE, f"身份证号和手机{MOBILE}"),
        (Sort.MOBILE, f"张某（党员）{MOBILE}"),
        (Sort.MOBILE, f"{MOBILE} 次日联系"),
        (Sort.PASSPORT, "台胞证 12345678"),
        (Sort.MAILBOX, "ceshi(at)qq.com"),
        (Sort.MAILBOX, "ceshi@**qq.com**"),
        (Sort.MOBILE, f"某某{MOBILE}vx同号"),
        (Sort.HOME, "家住人民路12号"),
        (Sort.HOME, "人民路12号3幢502室"),
        (Sort.HOME, "户籍地址：乐余镇向群村3组"),
        (Sort.HOME, "人民路123弄4号502室"),
        *(
            (Sort.HOME, text)
            for text in (
                "住在胜利街 12 号",
                "家住胜利街 12 号 3 单元 402 室",
                "现住阳光小区 5 号楼",
                "住址：向群村 18 号",
                "家住向群村 3 组 18 号",
                "家住阳光小区 5 号楼 2 单元 301 室",
                "阳光小区\u30005 幢 2 单元 301 室",
                "向群村 3 组 18 号",
                "现居胜利街12号",
                "居住地：胜利街12号",
                "家在胜利街12号",
                "住胜利街12号",
                "老人住向群村东巷7号",
                "老人住所：胜利街12号",
                "住所：阳光小区5号楼",
                "王五家：胜利街12号楼3单元",
                "走访向群村18号王大爷家",
                "来到胜利街 12 号李某某家中",
                "邮寄到幸福小区3号楼502",
                "寄往幸福小区3幢502收",
            )
        ),
    ],
)
def test_the_words_around_tell(sort: Sort, text: str) -> None:
    assert sort in {one.sort for one in find(text)}


@pytest.mark.parametrize(
    "text",
    [
        "138****0001",
        "1101**********0014",
        f"{ID[:6]}********{ID[14:]}",
        "6222 02** **** 0007",
        "苏E***45",
        "c***@163.com",
        "ce***i@qq.com",
        f"{ID[:-1]}5",
        "0631-6651234-8001",
        "（0631）6651234转801",
        "400-138-1234",
        "12345热线",
        "〔2020〕12号",
        "ISBN 978-7-138-00000-1",
        "ISBN 7-138-00000-1",
        f"订单号{MOBILE}",
        "订单号：20190318000123456789",
        "20190318 20190319",
        "2019-03-18 2019-03-19",
        "2012—2019",
        "1949 1978 2019",
        "1990-01-01 120人",
        "180 2018 2019",
        "150 20190318",
        "1900 2000 300",
        "13 14 15 16 17 18 19 20",
        "13800000000元",
        "¥13800000000",
        "1,380,000,000",
        "18 000 000 000",
        "18+N",
        "0.13800000001",
        "131.12345678",
        "139.168.10.200",
        "https://www.example.org/2019/13800000001.html",
        "ABC13800000001",
        "2019-13800000001",
        "苏ICP备12345678号",
        "苏公网安备 32058202010123号",
        "统一社会信用代码91320582MA1N00001X",
        "中国社会报, 2020-01-20(002).",
        "今日海南, 2020(06): 66-67.",
        "E20190318",
        "编号E12345678",
        "C12345678",
        "京B2-20190001",
        "版本更新E12345",
        "office@example.gov.cn",
        "行政服务中心3号楼502室",
        "人民路12号",
        "家住乐余镇向群村",
        "居住在这里的120户",
        "第3组12号选手",
        "家住第12号网格",
        "家住乐余镇向群村 3 月 12 号",
        "大家在胜利街12号集合",
        "专家在胜利街 12 号授课",
        "发现居民楼12号有隐患",
        "发现居委会12号窗口",
        "守住街道12号卡口",
        "记住胜利街12号",
        "市住建局3号楼502",
        "居民入住幸福小区3号楼",
        "住所：胜利街12号",
        "幸福小区3号楼 120 户",
        "幸福小区3号楼502户",
        "幸福小区3号楼2019年建成",
        "胜利街12号是老党员之家",
        "胜利街12号科技馆的专家",
        "走访向群村18户",
        "住院部3号楼502室",
        "住宿在胜利街12号",
        "村里安装路灯120盏",
        "3月12号",
        "专家在3号会议室",
        "家住乐余镇向群村，10号来到",
        f"订单号码：{MOBILE}",
        f"hotel{MOBILE}",
        "13800000001 元",
        "13800000001个",
        "ABC13800000001X",
        *(
            f"{word}{MOBILE}"
            for word in (
                *("编号：", "证书编号：", "档案编号：", "志愿者编号：", "项目编号", "备案编号："),
                *("文件编号：", "No.", "许可证号 ", "受理号 ", "备案号：", "阅读量 "),
            )
        ),
        f"第{MOBILE}号",
        f"〔2019〕{MOBILE}号",
        f"{MOBILE} 次",
        "2019/2020/2021",
        "150/2018/2019",
        "二〇一九年三月一日",
        "一二三四五六七八九十",
        "台胞证办理 2019 年",
        "look(at)example.gov.cn",
        "13800000001xs",
        "13800000000km",
    ],
)
def test_a_near_miss_is_left_alone(text: str) -> None:
    assert find(f"甲，{text}。乙") == ()


def test_an_organisation_s_code_is_no_person_s_even_where_it_looks_like_one() -> None:
    codes = (f"13010119000101{number:04d}" for number in range(10_000))
    both = next(filter(checks.is_credit_code, filter(checks.is_identity_number, codes)))
    assert find(f"统一社会信用代码：{both}") == ()
    assert [one.sort for one in find(f"身份证号：{both}")] == [Sort.IDENTITY]


def test_masking_keeps_every_place() -> None:
    text = f"甲{ID[:6]}\n{ID[6:]}乙，电话{MOBILE}"
    assert masked(text) == f"甲{'▇' * 6}\n{'▇' * 12}乙，电话{'▇' * 11}"


@pytest.mark.parametrize(
    "text",
    ["1 " * 40_000, f"{MOBILE} " * 6_000, "a@" * 40_000, "3组1号" * 10_000, "家住1号" * 10_000],
    ids=["digits", "numbers", "mailboxes", "groups", "homes"],
)
def test_a_register_of_people_is_read_to_its_bound(text: str) -> None:
    assert len(find(text)) <= MOST


RECORD = f"""\
---
名称: 测试品牌甲
曾用: ['{ID}']
照片: [{{文件: 甲.jpg, 说明: '电话{MOBILE}'}}]
手机: {MOBILE}
启用: {MOBILE}
备注: {ID_X}
# {CARD_19}
---

正文{ID}，{CARD_16}，<b>ceshi@qq.com</b>，[[{MOBILE}]]
"""


@pytest.mark.parametrize("style", ["text", "json", "github", "sarif"])
def test_no_report_repeats_a_value(tmp_path: Path, style: str) -> None:
    made = project(tmp_path / "p", {"brands/测试品牌甲.md": RECORD})
    result = CliRunner().invoke(main, ["check", "--project", str(made), "--format", style])
    assert "PII001" in result.output
    assert result.exit_code == 1
    for value in (ID, ID_X, MOBILE, CARD_19, CARD_16, "ceshi@qq.com"):
        assert value not in result.output


@pytest.mark.parametrize("field", ["主办", "参与人次", "结束", "状态", "没有的字段"])
def test_what_a_message_cuts_short_shows_no_part_of_a_number(tmp_path: Path, field: str) -> None:
    texts = {
        f"activities/测试活动{room}.md": f"---\n名称: 测试\n{field}: {'甲' * room}{MOBILE}乙\n---\n"
        for room in range(25, 42)
    }
    for one in check_project(project(tmp_path / "p", texts)).diagnostics:
        assert "1380" not in one.field + one.message + one.help


def test_what_stays_in_the_office_is_a_warning(tmp_path: Path) -> None:
    made = project(tmp_path / "p", {"brands/测试品牌甲.md": RECORD})
    found = [one for one in check_project(made).diagnostics if one.code.startswith("PII")]
    by_line = {one.span.line: one.severity for one in found}
    assert by_line[3] is by_line[4] is by_line[5] is by_line[11] is Severity.ERROR
    assert by_line[7] is by_line[8] is Severity.WARNING


def test_what_stays_in_the_office_within_a_published_field_is_a_warning(tmp_path: Path) -> None:
    photo = f"{{文件: 甲.jpg, 说明: 甲, 监护人同意: 电话 {MOBILE}, 来源: 电话 {MOBILE}}}"
    made = project(tmp_path / "p", {"brands/测试品牌甲.md": f"---\n名称: 甲\n照片: {photo}\n---\n"})
    found = [one for one in check_project(made).diagnostics if one.code == "PII002"]
    severities = {one.field: one.severity for one in found}
    assert severities == {
        "照片[1].监护人同意": Severity.WARNING,
        "照片[1].来源": Severity.ERROR,
    }


def test_a_file_that_could_not_be_read_as_a_record_is_looked_at(tmp_path: Path) -> None:
    made = project(tmp_path / "p", {"figures/甲.md": f"姓名：甲\n身份证：{ID}\n"})
    codes = {(one.code, one.severity) for one in check_project(made).diagnostics}
    assert ("PII001", Severity.ERROR) in codes


def test_the_name_of_a_photo_counts(tmp_path: Path) -> None:
    made = project(
        tmp_path / "p",
        {f"brands/甲/{MOBILE}.jpg": "", "brands/甲/index.md": "---\n名称: 甲\n---\n"},
    )
    found = [one for one in check_project(made).diagnostics if one.code == "PII002"]
    assert [one.file for one in found] == [f"content/brands/甲/{MOBILE}.jpg"]
