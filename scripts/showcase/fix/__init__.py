"""Puts right what is mechanical and reversible, and leaves every other byte of a file alone."""

from showcase.fix.plan import plan
from showcase.fix.repair import Repair, repair
from showcase.fix.show import diff, sentence
from showcase.fix.write import NotWritten, write

__all__ = ["NotWritten", "Repair", "diff", "plan", "repair", "sentence", "write"]
