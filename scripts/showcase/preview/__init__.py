"""The preview: a project as a browser sees it while it is edited, each page made when looked at.

``shown`` is one state of the project, ``follow`` brings it up to date when files change, ``server``
answers browsers and tells them to look again.
"""

from showcase.preview.follow import Preview
from showcase.preview.server import serve

__all__ = ["Preview", "serve"]
