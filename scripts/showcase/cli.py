"""The commands; what they do is done elsewhere.

Each imports what it needs when it runs: a command that reads no content starts at once.
"""

from __future__ import annotations

import io
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, NoReturn

import click

from showcase import collector
from showcase.diagnostics import visible

if TYPE_CHECKING:
    from showcase import fix
    from showcase.builder import Built
    from showcase.diagnostics import Diagnostic
    from showcase.pipeline import Checked
    from showcase.steady import Sight

FOUND, FAILED, INTERRUPTED = 1, 2, 130


class Failure(click.ClickException):
    """Something could not be run at all: exit code 2, one clear sentence."""

    exit_code = FAILED

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence as an error."""
        click.echo(f"无法继续：{self.message}", file=file, err=file is None)


def _project(context: click.Context, parameter: click.Parameter, value: str) -> Path:
    project = Path(value)
    if not (project / "mkdocs.yml").is_file():
        raise Failure(f"在「{value}」里没有找到 mkdocs.yml，请用 --project 指明项目文件夹")
    return project.resolve()


project_option = click.option(
    "--project",
    default=".",
    envvar="SHOWCASE_PROJECT",
    callback=_project,
    metavar="DIR",
    help="项目文件夹（里面有 mkdocs.yml），默认是当前文件夹",
)
strict_option = click.option("--strict", is_flag=True, help="提醒也算作不通过")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="civic-showcase", prog_name="showcase")
def main() -> None:
    """把品牌、人物、活动的记录做成网站：检查、预览、生成。"""
    if os.environ.get("NO_COLOR"):
        click.get_current_context().color = False
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console in another code page must not turn a report into a traceback.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    _show_progress()


@main.command()
@project_option
@strict_option
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github", "gitlab", "sarif"]),
    default="text",
    help="输出的格式：文字、JSON、GitHub 或 GitLab 的注释、SARIF",
)
@click.option("--fix", "fixing", is_flag=True, help="先改正能自动改的写法，再检查")
@click.option("--fix-pinyin", "pinyin", is_flag=True, help="同 --fix，并删去多余的拼音")
@click.option("--diff", is_flag=True, help="只显示 --fix 会怎样改，不写文件")
@click.option("--show-exemptions", "exempted", is_flag=True, help="先列出全部豁免和原因")
@click.argument("paths", nargs=-1, metavar="[PATH]…")
def check(  # noqa: PLR0913, PLR0917 - an argument for each option
    project: Path,
    strict: bool,
    style: str,
    fixing: bool,
    pinyin: bool,
    diff: bool,
    exempted: bool,
    paths: tuple[str, ...],
) -> None:
    """检查全部记录，列出每一处问题；也能改正其中的写法。"""
    from showcase import fix, report
    from showcase.pipeline import check_project, remembering

    wanted = _wanted(project, paths)
    with remembering(project) as memory:
        checked = check_project(project, memory)
    all_written = True
    if fixing or pinyin or diff:
        repairs = fix.plan(checked, wanted, pinyin=pinyin)
        aside = style != "text"
        if diff:
            _show(list(repairs), aside=aside)
        else:
            all_written = _write(project, repairs, aside=aside)
            checked = check_project(project)
    chosen = [found for found in checked.diagnostics if wanted(found.file)]
    if exempted:
        for line in report.exemptions(checked.graph, wanted):
            click.echo(line, err=style != "text")
    if style != "text":
        for line in _for_a_program(style, chosen):
            click.echo(line)
    elif diff:
        click.echo(report.summary(chosen))
    else:
        _print(checked, chosen)
    counting = set(checked.counting(strict=strict))
    found_some = any(found in counting for found in chosen)
    sys.exit(FAILED if not all_written else FOUND if found_some else 0)


def _for_a_program(style: str, found: Sequence[Diagnostic]) -> Iterable[str]:
    """Return the report in the form that a program reads."""
    from showcase import report

    if style == "sarif":
        from showcase.sarif import as_sarif

        return [as_sarif(found)]
    if style == "github":
        return report.as_github(found)
    return [report.as_gitlab(found) if style == "gitlab" else report.as_json(found)]


def _show(repairs: Sequence[fix.Repair], *, aside: bool) -> None:
    """Print what repairs would change: on standard output, or aside from a machine's."""
    from showcase import fix

    for repair in repairs:
        for line in fix.diff(repair):
            click.echo(line, err=aside)
        click.echo(fix.sentence(repair, "可以修复") + "\n", err=aside)
    if not repairs:
        click.echo("没有可以自动修复的写法。", err=aside)


def _write(project: Path, repairs: Iterable[fix.Repair], *, aside: bool) -> bool:
    """Write repairs and say so; return whether all of them could be."""
    from showcase import fix

    failed = 0
    for repair in repairs:
        try:
            fix.write(project, repair)
        except fix.NotWritten as reason:
            failed += 1
            click.echo(fix.sentence(repair, "没有修复") + f"。{reason}", err=True)
        else:
            click.echo(fix.sentence(repair, "已修复"), err=aside)
    return not failed


def _wanted(project: Path, paths: tuple[str, ...]) -> Callable[[str], bool]:
    """Return what tells whether a file is, or lies below, one of some paths; all without one."""
    places = [_inside(project, path) for path in paths]
    return lambda file: not places or any(map(PurePosixPath(file).is_relative_to, places))


def _inside(project: Path, path: str) -> PurePosixPath:
    """Return a path as the project names it; it may be given from here or from the project."""
    places = [place.resolve() for place in (Path(path), project / path) if place.exists()]
    if not places:
        raise Failure(f"没有「{path}」这个文件或文件夹")
    inside = [place for place in places if place.is_relative_to(project)]
    if not inside:
        raise Failure(f"「{path}」不在项目文件夹里")
    return PurePosixPath(inside[0].relative_to(project).as_posix())


def _print(checked: Checked, found: Iterable[Diagnostic]) -> None:
    from showcase import report

    for line in report.as_text(list(found), checked.text_of):
        click.echo(line)


@main.command()
@project_option
@strict_option
@click.option("--site-dir", default=None, metavar="DIR", help="网站放在哪个文件夹，默认 site")
@click.option(
    "--wait",
    "patience",
    default=60,
    type=click.IntRange(0),
    metavar="SECONDS",
    help="另一个窗口正在生成时最多等多少秒，默认 60",
)
def build(project: Path, strict: bool, site_dir: str | None, patience: int) -> None:
    """检查并生成网站；有错误时保留原来的网站。"""
    from showcase import publish
    from showcase.lock import Busy
    from showcase.spare import Spare
    from showcase.stale import Ledger
    from showcase.store import Store

    target = Path(site_dir) if site_dir else project / "site"
    made: list[Built] = []
    try:
        why_not = publish.refusal(target, project)
        if why_not:
            raise Failure(why_not)
        with Store.open(project) as store:
            ledger = Ledger(store, target, strict=strict)
            spare = Spare(project)
            publish.publish(
                target,
                lambda out: made.append(_build(project, out, target, ledger.seen, strict=strict)),
                is_current=ledger.is_current,
                ground=spare,
                tell=_aside,
                patience=patience,
            )
            if made:
                spare.forget(made[0].gone)
            if made and not made[0].edited:
                ledger.note(made[0].inputs, made[0].files)
    except OSError as error:
        raise Failure(f"网站没有更新：{visible(publish.reason(error))}") from error
    except Busy as why:
        raise Failure(f"网站没有更新：{visible(str(why))}") from why
    except KeyboardInterrupt:
        click.echo("\n已停止，网站没有更新。", err=True)
        sys.exit(INTERRUPTED)
    click.echo(f"网站{'已经生成' if made else '已经是最新的，没有改动'}，放在：{target}")


def _build(
    project: Path, out: Path, former: Path, seen: Mapping[Path, Sight], *, strict: bool
) -> Built:
    """Build into a new folder, or say why that cannot be and leave."""
    with collector.put_off():
        from showcase import builder

    _Warnings.show()
    click.echo("正在检查内容、生成网站……")
    try:
        built = builder.build(project, out, strict=strict, former=former, seen=seen)
    except builder.ContentRejected as rejected:
        _print(rejected.checked, rejected.checked.diagnostics)
        click.echo("网站没有更新：请先改正上面的问题。", err=True)
        sys.exit(FOUND)
    except builder.EngineFailed as failed:
        click.echo(f"网站没有更新：{failed}", err=True)
        sys.exit(FOUND)
    except builder.Unsteady as why:
        raise Failure(f"网站没有更新：{visible(str(why))}") from why
    names = "、".join(sorted(built.edited)[:3])
    if names:
        _aside(f"提醒：生成的时候又改了 {names}；网站里是改动以前的内容，再运行一次就会更新。")
    return built


def _aside(sentence: str) -> None:
    click.echo(visible(sentence), err=True)


@main.command()
@project_option
@strict_option
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help="输出的格式：文字或 JSON",
)
@click.option("--html", "page", default=None, metavar="FILE", help="另外写一份可以存档的网页报告")
@click.option("--twice", is_flag=True, help="再把网站生成两次，逐字节比较（较慢）")
@click.option(
    "--absent", multiple=True, metavar="NAME", help="查这个名字是否已经彻底消失，可写几次"
)
@click.argument("site", required=False, metavar="[SITE]")
def audit(  # noqa: PLR0913, PLR0917 - an argument for each option
    project: Path,
    strict: bool,
    style: str,
    page: str | None,
    twice: bool,
    absent: tuple[str, ...],
    site: str | None,
) -> None:
    """审核生成好的网站：断链、错误的网页、泄露的内容等；SITE 默认是项目的 site。"""
    from showcase import audit as auditing
    from showcase import report
    from showcase.audit import show
    from showcase.audit.twice import NotBuilt, compare
    from showcase.clock import today
    from showcase.pipeline import check_project

    folder = Path(site) if site else project / "site"
    if not folder.is_dir():
        raise Failure(f"没有「{folder}」这个文件夹，请先生成网站（build）")
    checked = check_project(project) if (project / "content").is_dir() else None
    try:
        day = today()
        about = auditing.known(checked, day) if checked else None
        done = auditing.audit(folder, day, about, auditing.traces_of(absent))
        if twice:
            done = done.plus(compare(project))
        if page:
            show.write(Path(page), show.as_page(done, folder.name, day))
    except (ValueError, NotBuilt) as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(f"读写不了文件（{error.strerror}）") from error
    if style == "json":
        click.echo(report.as_json(done.diagnostics))
    else:
        for line in show.as_text(done):
            click.echo(line)
    sys.exit(FOUND if done.counting(strict=strict) else 0)


@main.command()
@project_option
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help="端口，默认 8000")
@click.option("--open/--no-open", "open_browser", default=False, help="在浏览器里打开")
def serve(project: Path, port: int, open_browser: bool) -> None:
    """预览网站：改了内容，网页随即更新；草稿也显示并标明。"""
    from showcase import preview

    _Warnings.show()
    click.echo("正在读取内容……")
    try:
        preview.serve(project, port, open_browser=open_browser, tell=_aside)
    except preview.NotServed as error:
        raise Failure(f"预览不了：{error}") from error
    except OSError as error:
        raise Failure(f"端口 {port} 用不了，请换一个：--port {port + 1}") from error
    except KeyboardInterrupt:
        click.echo("\n预览已结束。", err=True)


@main.command()
@project_option
@click.argument("kind")
@click.argument("name")
def new(project: Path, kind: str, name: str) -> None:
    """新建一条记录：KIND 是种类（如 品牌），NAME 是名称。"""
    from showcase.create import NoNameError, create
    from showcase.model import KINDS, kind_named

    chosen = kind_named(kind)
    if chosen is None:
        known = "、".join(item.label for item in KINDS.values())
        raise Failure(f"没有「{kind}」这个种类，可以写：{known}")
    try:
        file = create(project, chosen, name)
    except NoNameError as error:
        raise Failure("名称里至少要有一个字") from error
    except FileExistsError as error:
        raise Failure(f"已经有这条记录：{error}") from error
    except OSError as error:
        raise Failure(f"写不了文件：{error.strerror}") from error
    click.echo(f"已新建：{file}（现在是草稿，写好以后把状态改成「公开」）")


@main.command()
@click.argument("code")
def explain(code: str) -> None:
    """说明一条规则：CODE 是报告里的编号，如 SHP002。"""
    from showcase.rules import RULES, explanation

    code = code.upper()
    if code in RULES:
        click.echo(f"{code} {explanation(code)}")
        return
    from showcase import audit as auditing

    if code in auditing.CHECKS:
        click.echo(f"{code} {auditing.explanation(code)}")
    else:
        known = "、".join((*RULES, *auditing.CHECKS))
        raise Failure(f"没有编号为「{visible(code)}」的规则，可以写：{known}")


@main.command()
@click.argument("kind", required=False)
def schema(kind: str | None) -> None:
    """输出 JSON Schema，供编辑器补全和提示；不写 KIND 时输出全部。"""
    from showcase.model import kind_named
    from showcase.model.schema import schema_of, schemas

    if kind is None:
        click.echo(json.dumps(schemas(), ensure_ascii=False, indent=2))
        return
    chosen = kind_named(kind)
    if chosen is None:
        raise Failure(f"没有「{kind}」这个种类")
    click.echo(json.dumps(schema_of(chosen), ensure_ascii=False, indent=2))


@main.command()
@project_option
@click.option("--check", "checking", is_flag=True, help="只看有没有过时的，不改文件")
def derive(project: Path, checking: bool) -> None:
    """更新由字段和规则生成的文件：字段表、规则的说明、编辑器的 JSON Schema。"""
    from showcase import derive as derivation

    try:
        changed = derivation.stale(project) if checking else derivation.write(project)
    except OSError as error:
        raise Failure(f"写不了文件：{error.strerror}") from error
    for path in changed:
        click.echo(f"{'过时' if checking else '已更新'}：{path}")
    click.echo(f"共 {len(changed)} 个。" if changed else "都是最新的。")
    sys.exit(FOUND if checking and changed else 0)


@main.command()
@project_option
@click.option("--out", required=True, metavar="DIR", help="写到哪个空文件夹")
def pages(project: Path, out: str) -> None:
    """把网页写成 Markdown 文件，供别的生成器使用。"""
    from showcase import engine
    from showcase.export import export
    from showcase.frame import EngineFailed
    from showcase.pipeline import check_project, site_of

    checked = check_project(project)
    if checked.counting(strict=False):
        _print(checked, checked.diagnostics)
        sys.exit(FOUND)
    target = Path(out)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Failure(f"「{out}」不是空文件夹")
    try:
        url = engine.start(project).outline.url
    except EngineFailed as failed:
        raise Failure(str(failed)) from failed
    count = export(site_of(checked, url=url), project / "docs", target)
    click.echo(f"已写出 {count} 个网页：{out}")


@main.command()
@click.option("--search", is_flag=True, help="改为测量检索，并与同类软件比较")
@click.option("--photos", is_flag=True, help="改为测量照片的处理；COUNTS 是张数，默认 300")
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(["showcase", "hugo", "zensical", "mkdocs"]),
    help="只测这一个，可以写几次；不写就测全部装好的",
)
@click.option("--rounds", default=1, type=click.IntRange(1, 99), help="每种情形测几轮，默认 1")
@click.option(
    "--edits", default=5, type=click.IntRange(0, 99), help="预览里改几次，默认 5；0 就不测预览"
)
@click.option("--markdown", is_flag=True, help="写成 Markdown 表格，可放进 README")
@click.argument("counts", nargs=-1, type=click.IntRange(1, 1_000_000))
def bench(  # noqa: PLR0913, PLR0917 - an argument for each option
    search: bool,
    photos: bool,
    only: tuple[str, ...],
    rounds: int,
    edits: int,
    markdown: bool,
    counts: tuple[int, ...],
) -> None:
    """用合成记录测量用时和内存，并与装好的同类软件比较；COUNTS 是记录数，默认 200 和 1000。

    比较的是 Hugo（配 Pagefind）、Zensical 和 MkDocs，做同样的网页：第一次生成、什么也没改、改一条、
    改模板，再加预览。软件从 PATH 上找，也可以是 Python 模块。
    """
    from showcase.bench import photos as pictures
    from showcase.bench import search as searching
    from showcase.bench import table
    from showcase.bench.compare import Times

    lines: Iterable[str]
    if photos:
        lines = chain.from_iterable(map(pictures.table, counts or (300,)))
    elif search:
        lines = chain.from_iterable(map(searching.table, counts or (1_000,)))
    else:
        lines = table.table(counts or (200, 1_000), Times(rounds, edits), only, markdown=markdown)
    for line in lines:
        click.echo(line)


@main.command()
@project_option
@click.option("--yes", is_flag=True, help="不再询问，直接改")
@click.option("--diff", is_flag=True, help="只显示会怎样改，不写文件")
@click.option("--tombstone", is_flag=True, help="在原来的网址上留一页「此内容已撤下」")
@click.option("--prove", "proving", is_flag=True, help="不改文件，查生成好的网站里是否还有它")
@click.option("--site-dir", default=None, metavar="DIR", help="--prove 查哪个文件夹，默认 site")
@click.argument("record")
def retire(  # noqa: PLR0913, PLR0917 - an argument for each option
    project: Path,
    yes: bool,
    diff: bool,
    tombstone: bool,
    proving: bool,
    site_dir: str | None,
    record: str,
) -> None:
    """撤下一个人物或一条内容：RECORD 是它的名称、编号或曾用名。"""
    from showcase.fix import NotWritten
    from showcase.pipeline import check_project
    from showcase.retire import show, write_all
    from showcase.retire.edits import NotPossible
    from showcase.retire.places import NotOne

    checked = check_project(project)
    folder = Path(site_dir) if site_dir else project / "site"
    try:
        if proving:
            left = show.proof(folder, checked, record)
            _echo(left.lines)
            sys.exit(FOUND if left.found else 0)
        asked = show.plan(checked, record, tombstone=tombstone)
    except (NotOne, NotPossible, show.NoSite) as reason:
        raise Failure(str(reason)) from reason
    _echo(asked.lines)
    if diff or not asked.repairs:
        return
    if not yes and not click.confirm("照这样改吗？", default=False):
        click.echo("没有改动。")
        sys.exit(FOUND)
    try:
        write_all(project, asked.repairs)
    except NotWritten as reason:
        raise Failure(f"一个文件也没有改：{reason}") from reason
    _echo(show.afterwards(asked))


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _show_progress() -> None:
    """Show how far long work on photos has come."""
    _send("showcase.photos", _Progress())


def _send(name: str, handler: logging.Handler) -> None:
    """Send what is logged under a name to a handler, and nowhere else."""
    logger = logging.getLogger(name)
    logger.setLevel(logging.INFO)
    logger.handlers = [handler]
    logger.propagate = False


class _Progress(logging.Handler):
    """Shows progress aside from what a command puts out."""

    def emit(self, record: logging.LogRecord) -> None:
        click.echo(record.getMessage(), err=True)


class _Warnings(logging.Handler):
    """Shows what is warned of while a site is made: by the engine, and of its pages."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)

    @classmethod
    def show(cls) -> None:
        """Show all warnings from now on."""
        for name in ("mkdocs", "showcase"):
            _send(name, cls())

    def emit(self, record: logging.LogRecord) -> None:
        click.echo(f"提醒：{visible(record.getMessage())}", err=True)


def run() -> NoReturn:
    """Run a command as a process of its own.

    It ends without taking a hundred thousand records apart in memory, a second for a large site:
    the system takes it back at once.
    """
    code = 0
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else FAILED
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:  # whoever read what is said has gone
        code = FAILED
    os._exit(code)


if __name__ == "__main__":
    run()
