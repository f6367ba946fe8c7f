"""Which day it is where the site is made."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("Asia/Shanghai")


def today(environment: Mapping[str, str] = os.environ) -> date:
    """Return the day in China: now, or that of ``SOURCE_DATE_EPOCH`` (reproducible-builds.org).

    Raises ``ValueError`` when the variable is set and is no number of seconds of a known date.
    """
    seconds = environment.get("SOURCE_DATE_EPOCH")
    try:
        moment = datetime.fromtimestamp(int(seconds), UTC) if seconds else datetime.now(UTC)
        return moment.astimezone(_ZONE).date()
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"环境变量 SOURCE_DATE_EPOCH 的值「{seconds}」不是有效的秒数") from error
