"""Withdraws a record: shows where it appears, takes it out, and proves that nothing is left."""

from showcase.retire.edits import Withdrawal, withdrawal
from showcase.retire.places import Place, names_of, places, the_one
from showcase.retire.prove import prove
from showcase.retire.write import write_all

__all__ = [
    "Place",
    "Withdrawal",
    "names_of",
    "places",
    "prove",
    "the_one",
    "withdrawal",
    "write_all",
]
