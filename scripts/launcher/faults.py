"""What goes wrong while the environment is made, in the user's words, with what to do about it."""

from __future__ import annotations

import errno
import re
from typing import NamedTuple


class Fault(NamedTuple):
    """What happened and what to do.

    ``untouched``: it happened before anything in ``.venv`` changed, so what was there still works.
    """

    what: str
    remedy: str
    untouched: bool = False

    def __str__(self) -> str:
        """The message as the user sees it."""
        return f"\n运行环境没有准备好：{self.what}\n怎么办：{self.remedy}"


class SetupError(Exception):
    """The set-up cannot go on."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.what)
        self.fault = fault


DISK_FULL = Fault(
    "磁盘空间不够。",
    "清理磁盘，腾出约 1 GB 以后，再运行一次同样的命令（系统的临时文件夹也要有空间）。",
)
NO_PERMISSION = Fault(
    "没有权限写入项目文件夹，或者其中的文件正被别的程序使用。",
    "先关闭正在预览网站或使用 .venv 的窗口；再确认这个文件夹可以写入"
    "（不要放在只读共享或系统文件夹里）。",
)
NO_VENV = Fault(
    "这个 Python 缺少建立运行环境所需的部件（venv、ensurepip 或 pip）。",
    "Debian、Ubuntu、统信 UOS、麒麟：sudo apt install python3-venv；其他系统：从 python.org "
    "重新安装 Python。装好后再运行一次同样的命令。",
)
LONG_PATH = Fault(
    "项目文件夹的路径太长。",
    "把整个项目移到路径较短的地方（例如 D:\\网站），再运行一次同样的命令。",
)
HASHES = Fault(
    "下载到的组件与锁定的校验值不一致，为安全起见没有安装。",
    "多半是下载中断或镜像站有误：稍后再试，或用环境变量 PIP_INDEX_URL 换一个软件源；"
    "仍不行，请联系维护人员。",
    untouched=True,
)
NETWORK = Fault(
    "连不上软件包的下载地址。",
    "检查网络后再运行一次同样的命令。单位网络要用代理时，先设置环境变量 HTTPS_PROXY；"
    "也可以用 PIP_INDEX_URL 指定一个国内镜像；提示证书出错时，看看电脑的日期对不对。",
    untouched=True,
)
NO_WHEEL = Fault(
    "没有找到适合这台电脑的组件。",
    "先检查网络；再确认用的是 64 位（x64）的 Python 3.11 到 3.14；"
    "用的是内部软件源时，请管理员补全组件。",
    untouched=True,
)

# How pip and Python say it. The first that matches counts: a full disk or a lost network also makes
# the words of those further down appear.
WORDS = (
    (r"ensurepip is not\s+available|No module named '?(venv|ensurepip|pip)\b", NO_VENV),
    (r"No space left on device|Disk quota exceeded|\[Errno 28\]|WinError 112", DISK_FULL),
    (r"Long Path support|File name too long|WinError 206", LONG_PATH),
    (r"Permission denied|Read-only file system|\[Errno 13\]|WinError (5|32)\b", NO_PERMISSION),
    (r"DO NOT MATCH THE HASHES", HASHES),
    (
        (
            r"NewConnectionError|ConnectionError|Max retries exceeded|ReadTimeoutError|timed out"
            r"|name resolution|getaddrinfo|ProxyError|SSLError|CERTIFICATE_VERIFY_FAILED"
            r"|Connection (refused|reset|aborted|broken)|IncompleteRead|HTTP error \d"
        ),
        NETWORK,
    ),
    (r"No matching distribution found", NO_WHEEL),
)


def fault_in(output: str) -> Fault | None:
    """The fault that a failed step's output speaks of, if it is one we know."""
    return next((fault for words, fault in WORDS if re.search(words, output)), None)


def unknown_fault(output: str) -> Fault:
    """A fault without a name of its own: show how the output ends."""
    tail = "\n".join(f"  | {line}" for line in output.strip().splitlines()[-8:])
    remedy = "再运行一次同样的命令；仍不行，请把这些输出发给维护人员。"
    return Fault(f"安装组件时出错，最后的输出是：\n{tail}", remedy)


def fault_of(error: OSError) -> Fault:
    """What a refusal of the system means."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NO_PERMISSION
    return Fault(
        f"{error.strerror or error}（{error.filename or '未知文件'}）。",
        "确认项目文件夹完整、可以写入，再运行一次同样的命令。",
    )
