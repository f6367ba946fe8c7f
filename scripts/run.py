# -*- coding: utf-8 -*-
"""The one first command: prepares what the project needs, then runs what was asked for.

This file must parse on every Python there is, to tell those that are too old that they are. All
else stands in ``launcher``. Neither needs more than the standard library.
"""

import sys

TOO_OLD = """\
Python 太旧：本项目需要 64 位的 Python 3.11 或更新版本，现在用的是 {}.{}。
怎么办：从 python.org 或系统的软件商店安装新的 Python，再运行：python3 scripts/run.py
(Python 3.11 or newer is needed; this is {}.{}.)
"""

if sys.version_info < (3, 11):
    text = TOO_OLD.format(*(sys.version_info[:2] * 2))
    try:
        sys.stderr.write(text)
    except UnicodeError:  # Python 2 writing to a pipe
        sys.stderr.write(text.encode("utf-8"))
    sys.exit(2)

from launcher.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
