"""Where the pages of a preview ask whether there is anything new; no folder is called ``-``."""

RELOAD = "/-/reload.js"
"""The script that looks for news."""
NEWS = "/-/news"
