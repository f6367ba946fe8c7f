"""From the command line to the program that carries it out."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from launcher.places import PYTHON, ROOT, VENV, child_environment
from launcher.stamp import holds, wanted

ME = f"{'python' if os.name == 'nt' else 'python3'} scripts/run.py"

USAGE = f"""用法：{ME} 命令 [选项…]

  serve           预览网站，改了内容马上就能看到（日常用这个）
  check           检查全部内容，指出错在哪里、怎么改
  build           生成整个网站
  audit           审核生成好的网站：断链、泄露、不合规范的网页
  retire 名称     撤下一个人物或一条内容，并核对它已经彻底消失
  new 种类 名称   新建一份可以直接填写的记录，例如：new 品牌 向阳花开
  explain 代码    解释一条检查规则，例如：explain SHP002
  schema          写出编辑器用的数据格式（JSON Schema）
  pages           写出排好的 Markdown 页面，可交给别的建站工具
  derive          更新由程序写成的说明和数据格式（开发用）
  test            运行测试（开发用，后面可跟 pytest 的选项）
  bench           测量生成网站的速度（开发用）

某个命令的全部选项：{ME} 命令 --help
另一个文件夹里的网站：{ME} 命令 --project 文件夹
第一次使用时会先准备运行环境（.venv 文件夹），需要联网，约 1–2 分钟。"""

# One process for each processor; the tests of a file share what they make, and stay together.
WHOLE_SUITE = ("-n", "auto", "--dist", "loadfile")

# Calls `main` itself, not the .exe that pip makes: some virus scanners stop unknown .exe files.
SHOWCASE = "import sys; sys.argv[0] = 'showcase'; from showcase.cli import main; sys.exit(main())"


def main(arguments: list[str]) -> int:
    """Run one command line; returns (or becomes, by ``exec``) its exit code: 2 if it never ran."""
    for stream in (sys.stdout, sys.stderr):  # a pipe on Windows would have the system's code page
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    project, command = leading_project(arguments)
    if not command or command[0] in ("-h", "--help", "help"):
        print(USAGE)
        return 0
    try:
        return set_up(arguments, tests=command[0] == "test") or run(command, project)
    except OSError as error:
        from launcher.faults import fault_of  # noqa: PLC0415 - for the rare case

        print(fault_of(error), file=sys.stderr)
        return 2


def set_up(arguments: list[str], *, tests: bool) -> int:
    """Make the environment where it is not what it should be; 0, or the exit code of a failure."""
    if holds(wanted(tests=tests)):
        return 0
    if Path(sys.prefix).resolve() == VENV:  # an activated `.venv` cannot remake itself
        python = sys._base_executable  # type: ignore[attr-defined]  # noqa: SLF001
        command = [python, str(ROOT / "scripts/run.py"), *arguments]
        raise SystemExit(become(command, dict(os.environ)))
    from launcher.environment import prepare  # noqa: PLC0415 - imports much, is needed once

    return prepare(tests=tests)


def leading_project(arguments: list[str]) -> tuple[str | None, list[str]]:
    """Take a ``--project DIR`` that stands before the command; behind it, it is the command's."""
    match arguments:
        case ["--project", folder, *rest]:
            return folder, rest
        case [option, *rest] if option.startswith("--project="):
            return option.removeprefix("--project="), rest
    return None, arguments


def run(command: list[str], project: str | None) -> int:
    """Run ``pytest`` or a command of the package in the environment that is now ready."""
    environment = child_environment()
    if project is not None:
        environment["SHOWCASE_PROJECT"] = project
    elif not Path("mkdocs.yml").is_file():  # the current folder is no site: mean this one
        environment.setdefault("SHOWCASE_PROJECT", str(ROOT))
    if command[0] == "test":
        os.chdir(ROOT)
        return become([str(PYTHON), "-m", "pytest", *(command[1:] or WHOLE_SUITE)], environment)
    # -P: a file such as yaml.py in the user's folder must not be taken for the library.
    return become([str(PYTHON), "-P", "-c", SHOWCASE, *command], environment)


def become(command: list[str], environment: dict[str, str]) -> int:
    """Hand over to another program: the same process where the system can, else wait for it."""
    if os.name != "nt":
        os.execve(command[0], command, environment)  # noqa: S606 - the point of it
    import subprocess  # noqa: PLC0415 - only Windows needs it on the way to every command

    process = subprocess.Popen(command, env=environment)  # noqa: S603 - this project's own Python
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # Ctrl-C reached it too; it ends in its own way
