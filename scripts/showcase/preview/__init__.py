"""The preview: a project as a browser sees it while it is edited, each page made when looked at.

``shown`` is one state of the project, ``follow`` brings it up to date when files change, ``server``
answers browsers and tells them to look again. Until the first state has been read, ``former`` is
what is shown: so nothing here loads the other two before a browser can be answered.
"""

from showcase.preview.server import NotServed, serve

__all__ = ["NotServed", "serve"]
