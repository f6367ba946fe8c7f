"""What can be recorded: one frozen class per kind, and the table of kinds.

The single source of the JSON Schemas, the templates for new records, the handbook's tables of
fields and the words in messages.
"""

from showcase.model.dates import PartialDate
from showcase.model.fields import Field, Fields, Label, Ref, fields_along, fields_of
from showcase.model.kinds import KINDS, Kind, all_fields, is_field, kind_named
from showcase.model.record import DRAFT, PUBLISHED, WITHDRAWN, Record
from showcase.model.site import Site
from showcase.model.terms import Term

__all__ = [
    "DRAFT",
    "KINDS",
    "PUBLISHED",
    "WITHDRAWN",
    "Field",
    "Fields",
    "Kind",
    "Label",
    "PartialDate",
    "Record",
    "Ref",
    "Site",
    "Term",
    "all_fields",
    "fields_along",
    "fields_of",
    "is_field",
    "kind_named",
]
