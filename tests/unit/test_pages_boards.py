"""Boards: one sheet for each record that is shown, and a code that leads to its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import segno

from showcase.compose import Composer
from showcase.model import KINDS
from showcase.pages.boards import BoardView, code_of
from showcase.pages.views import PageView, RecordView
from showcase.pipeline import check_project, site_of
from tests.projects import HOUSE, site
from tests.unit.test_pages import DAY, by_address


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PageView]:
    checked = check_project(site(tmp_path_factory.mktemp("boards") / "site", "every-kind"))
    return by_address(site_of(checked, day=DAY, url="https://example.org/x/").catalogue)


def test_a_board_says_what_its_record_says(pages: dict[str, PageView]) -> None:
    board = pages["brands/brand-a/board/"].data
    assert isinstance(board, BoardView)
    assert (board.title, board.slogan) == ("测试品牌甲", "测试口号")
    assert facts(board)["启用"] == "2019年3月"
    assert facts(board)["地区"] == "合成镇"
    assert [number.value for number in board.numbers] == ["1234"]
    # An honour that is not public stays away here too.
    assert [honour.title for honour in board.honours] == ["测试荣誉甲"]
    assert board.url == "https://example.org/x/brands/brand-a/"
    assert board.code == code_of(board.url)


def facts(board: object) -> dict[str, str]:
    assert isinstance(board, BoardView)
    return {fact.label: "、".join(value.text for value in fact.values) for fact in board.facts}


def test_every_record_leads_to_its_board(pages: dict[str, PageView]) -> None:
    records = {at: view.data for at, view in pages.items() if isinstance(view.data, RecordView)}
    boards = {at: view.data for at, view in pages.items() if isinstance(view.data, BoardView)}
    assert {record.kind for record in records.values()} == set(KINDS)
    assert {f"{at}{record.board_url}" for at, record in records.items()} == set(boards)
    assert {at: (record.kind, record.title) for at, record in records.items()} == {
        at.removesuffix("board/"): (board.kind, board.title) for at, board in boards.items()
    }
    assert not any("bao-mi" in address for address in pages)


def test_a_board_says_what_its_kind_is_there_for(pages: dict[str, PageView]) -> None:
    service, venue, source = (
        facts(pages[f"{at}/board/"].data)
        for at in ("services/fu-wu-jia", "venues/zhen-di-jia", "sources/source-a")
    )
    assert service["步骤"] == "群众点单 → 平台派单"
    assert service["联系"] == "到窗口办理"
    assert venue["平台"] == "测试平台一、测试平台二"
    assert venue["开放时间"] == "周一至周五 12:30—17:00"
    # The code on the sheet leads to the page, and the page to the web.
    assert source["出版"] == "合成日报"
    assert "网址" not in source


def test_the_number_of_an_indicator_is_set_large_and_says_where_it_is_from(
    pages: dict[str, PageView],
) -> None:
    sheet = Composer([HOUSE / "overrides"]).compose(pages["indicators/zhi-biao-jia/board/"]).html
    text = re.sub(r"<[^>]+>|\s", "", sheet)
    assert "超过13万人截至2020年12月，来源：测试来源甲" in text
    # It is the sheet's own number: its name stands above it, once on the cover and once as title.
    assert "sc-board__number" in sheet
    assert "sc-board__numbers" not in sheet


def test_a_record_s_picture_is_on_its_board_and_stands_for_its_page(
    pages: dict[str, PageView],
) -> None:
    shown = {
        address: view.data.lead
        for address, view in pages.items()
        if isinstance(view.data, RecordView) and f"{address}board/" in pages
    }
    assert any(shown.values())
    assert not all(shown.values())
    for address, lead in shown.items():
        board = pages[f"{address}board/"].data
        assert isinstance(board, BoardView)
        assert (board.lead is None) is (lead is None)
        image = pages[address].image
        # From the site's root, for only a whole address can be shared. Of a small one there is no
        # square, nor of a drawing.
        large = lead is not None and bool(lead.srcset) and min(lead.width, lead.height) >= 300
        assert image.startswith("photos/" if large else "covers/")
        assert pages[f"{address}board/"].image == image
        composed = Composer([HOUSE / "overrides"]).compose(pages[address])
        assert f'image: "{image}"' in composed.front_matter


def test_a_site_without_an_address_has_boards_without_a_code(tmp_path: Path) -> None:
    checked = check_project(site(tmp_path / "site", "every-kind"))
    made = by_address(site_of(checked, day=DAY).catalogue)
    board = made["brands/brand-a/board/"].data
    assert isinstance(board, BoardView)
    assert (board.url, board.code) == ("", None)
    assert not any(view.image for view in made.values())


@pytest.mark.parametrize("url", ["https://example.org/", "https://example.org/" + "a-" * 90])
def test_the_drawing_is_the_code(url: str) -> None:
    code = code_of(url)
    drawn = [[0] * code.side for _ in range(code.side)]
    for x, y, width, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", code.path):
        assert width == back
        for column in range(int(x), int(x) + int(width)):
            drawn[int(y)][column] = 1
    made = segno.make_qr(url, error="m", mask=0, boost_error=False)
    assert drawn == [list(row) for row in made.matrix_iter(border=4)]


def test_a_draft_s_board_is_marked_in_the_preview(tmp_path: Path) -> None:
    checked = check_project(site(tmp_path / "site", "every-kind"))
    made = by_address(site_of(checked, drafts=True, day=DAY).catalogue)
    boards = [view.data for view in made.values() if isinstance(view.data, BoardView)]
    drafts = {board.title for board in boards if board.draft}
    assert drafts == {"保密草稿标题", "保密将来标题", "保密荣誉"}
