"""Private data in text: numbers, plates, mailboxes and home addresses of people.

Texts come from phones and spreadsheets, so what is looked at is not the text as typed but what a
reader sees in it (``plain``): full-width digits are digits, invisible characters are not there.
Numbers are told from others by their checksums and layout (``numbers``, ``checks``), the rest by
form and by the words around (``papers``, ``homes``). Nothing here knows records or rules: a text
goes in, places come out.
"""

from __future__ import annotations

from showcase.personal.found import Found, Sort
from showcase.personal.search import find, masked

__all__ = ["Found", "Sort", "find", "masked"]
