"""A site with photos: nothing of the originals but their pixels is in any byte of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from tests import photography as made
from tests.commands import showcase
from tests.projects import site, tree

RECORD = """\
---
名称: 测试活动照片
开始: 2024-05-01
照片:
  - {文件: "IMG_2031 (1).JPG", 说明: 志愿者为老人读报, 图注: 测试图注一, 来源: 测试单位甲提供}
  - {文件: 村口.png, 说明: 村口的布告栏, 来源: 测试单位甲提供, 未成年人: 有, 监护人同意: 保密的依据}
  - {文件: 手机.HEIC, 说明: 大家在包饺子, 来源: 测试单位乙提供, 未成年人: 已遮挡}
  - {文件: 动图.gif, 说明: 红旗在飘, 来源: 测试单位甲提供}
  - {文件: 图.svg, 说明: 队伍的标志, 来源: 测试单位甲提供}
  - {文件: 地图.webp, 说明: 乡镇的位置, 来源: 测试单位甲提供, 地图: 是, 审图号: 苏S(2024)12号}
---

一段正文。

![插在正文里的照片](插图.jpg "测试单位丙提供")

[看大图](插图.jpg)。
"""
HIDDEN = """\
---
名称: 测试撤下的活动
状态: 撤下
照片: {文件: 保密的照片.jpg, 说明: 保密的说明, 来源: 测试单位甲提供}
---
"""
SHARED = """\
---
名称: {name}
状态: {status}
照片: {{文件: 共用.jpg, 说明: 共用的照片, 来源: 测试单位甲提供}}
---
"""
NOTES = re.compile(rb"Exif|ICC_PROFILE|iCCP|xmpmeta|photoshop", re.IGNORECASE)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
    f"<metadata>{made.CAMERA}</metadata><path d='M0 0h40v20z' fill='#c00'/></svg>"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose records have revealing photos, built once."""
    folder = site(tmp_path_factory.mktemp("photos") / "项目", "every-kind")
    activities = folder / "content" / "activities"
    files = {
        "有照片/index.md": RECORD.encode(),
        "有照片/IMG_2031 (1).JPG": made.revealing_jpeg(6),
        "有照片/村口.png": made.revealing_png(),
        "有照片/手机.HEIC": made.revealing_heic(),
        "有照片/动图.gif": made.animated_gif(),
        "有照片/图.svg": SVG.encode(),
        "有照片/地图.webp": made.revealing_webp(),
        "有照片/插图.jpg": made.revealing_jpeg(1, 1300, 900),
        "撤下的/index.md": HIDDEN.encode(),
        "撤下的/保密的照片.jpg": made.noise(301, 200),
        "共用一.md": SHARED.format(name="测试共用一", status="公开").encode(),
        "共用二.md": SHARED.format(name="测试共用二", status="撤下").encode(),
        "共用.jpg": made.jpeg(333, 222),
    }
    for name, data in files.items():
        path = activities / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    done = showcase("build", "--strict", "--project", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_no_byte_of_the_site_says_where_or_with_what_it_was_taken(project: Path) -> None:
    originals = [
        path.read_bytes()
        for path in (project / "content").rglob("*")
        if path.suffix.lower() in (".jpg", ".png", ".heic", ".gif", ".webp", ".svg")
    ]
    assert len(originals) == 10
    pieces = [data[at : at + 64] for data in originals for at in range(0, len(data) - 64, 512)]
    for name, data in tree(project / "site").items():
        for secret in (*made.SECRETS, "保密", "共用二"):
            assert secret.encode() not in data, f"{secret} in {name}"
        assert made.thumbnail() not in data
        assert data not in originals, name
        if name.startswith("photos/"):
            # Where nothing but one colour is, even two different pictures have bytes in common.
            shared = [piece for piece in pieces if len(set(piece)) > 20 and piece in data]
            assert shared == [], name
            assert (
                re.search(rb"Exif|ICC_PROFILE|iCCP|xmpmeta|photoshop", data, re.IGNORECASE) is None
            )


def test_only_what_public_records_show_is_published(project: Path) -> None:
    sizes = set()
    for path in (project / "site" / "photos").iterdir():
        assert re.fullmatch(r"[0-9a-f]{20}(-\d+)?\.(webp|jpg|svg)", path.name)
        if path.suffix != ".svg":
            with Image.open(path) as image:
                sizes.add(image.size)
    assert (333, 222) in sizes  # of a public and of a withdrawn record
    assert not [size for size in sizes if size[0] == 301]
    names = [path.name for path in (project / "site").rglob("*")]
    assert not [name for name in names if "IMG_2031" in name or name.endswith((".HEIC", ".gif"))]


class Pictures(HTMLParser):
    """Collects the pictures of a page, and where their links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.images: list[dict[str, str]] = []
        self.sources: list[dict[str, str]] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "img" and "photos/" in values.get("src", ""):
            self.images.append(values)
        elif tag == "source":
            self.sources.append(values)
        elif tag == "a" and "photos/" in values.get("href", ""):
            self.links.append(values["href"])


def test_pages_say_all_that_a_picture_needs(project: Path) -> None:
    page = project / "site" / "activities" / "you-zhao-pian" / "index.html"
    html = page.read_text("utf-8")
    found = Pictures()
    found.feed(html)
    assert len(found.images) == 7
    assert all(image["alt"] and image["width"] and image["height"] for image in found.images)
    assert [image.get("loading") for image in found.images].count("lazy") == 6
    assert "loading" not in found.images[0]  # the one that opens the page
    assert all(source["sizes"] and source["type"] == "image/webp" for source in found.sources)
    addresses = [image["src"] for image in found.images] + found.links
    for source in found.sources:
        addresses += [part.split()[0] for part in source["srcset"].split(",")]
    for address in addresses:
        assert (page.parent / unquote(address)).is_file(), address
    assert all(link.endswith((".jpg", ".svg")) for link in found.links)
    for word in ("测试图注一", "测试单位丙提供", "审图号：苏S(2024)12号", "viewer.js"):
        assert word in html
    assert not re.search(r"<img(?![^>]* src=)", html)
    assert "style=" not in html.partition("<main")[2]


def test_the_neutral_form_has_the_same_copies(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "pages"
    done = showcase("pages", "--project", str(project), "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(out / "photos") == tree(project / "site" / "photos")
    assert not list(out.rglob("*.HEIC"))
    assert not (out / "content").exists()


def test_a_photo_that_must_not_be_shown_is_not_in_a_preview_either(project: Path) -> None:
    from showcase.pipeline import check_project, site_of  # noqa: PLC0415 - not for the others

    path = project / "content" / "activities" / "有照片" / "index.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("监护人同意: 保密的依据", "图注: 无"), "utf-8")
    checked = check_project(project)
    path.write_text(text, "utf-8")
    assert {found.code for found in checked.diagnostics} == {"IMG014"}
    made_site = site_of(checked, drafts=True)
    assert "村口的布告栏" not in "".join(page.html for page in made_site.pages())
