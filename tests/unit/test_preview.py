"""The preview of records whose text is read when somebody looks at them."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcase.addresses import address
from showcase.pipeline import check_project
from showcase.preview import Preview
from showcase.preview.shown import Answer
from showcase.store import Store
from tests.projects import site


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose files are old, and known from a preview before."""
    monkeypatch.setattr("showcase.memory._GRAIN", -3_600_000_000_000)
    made = site(tmp_path / "site", "every-kind")
    with Store.open(made) as store:
        preview = Preview(made, store)
        preview.judge()
        preview.keep()
    return made


def test_a_page_shows_the_file_as_it_is_though_its_news_has_not_come(project: Path) -> None:
    [entry] = [one for one in check_project(project).graph.of("brand") if one.id == "品牌甲"]
    brand = project / entry.file
    text = brand.read_text("utf-8")

    def shown() -> str:
        answer = preview.answer(address(entry))
        assert isinstance(answer, Answer)
        return answer.data.decode()

    with Store.open(project) as store:
        preview = Preview(project, store)
        brand.write_text(f"{text}\n补上的一句。\n", "utf-8")
        assert "补上的一句" in shown()
        brand.write_text(f"{text}\n又是一句。\n", "utf-8")
        preview.update([entry.file])
        assert "又是一句" in shown()
        assert "补上的一句" not in shown()
