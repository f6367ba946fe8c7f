"""Static sites for civic showcase records in Chinese: read, link, check, compose, publish."""

__version__ = "0.1.0"
