"""The values of a form: as somebody typed them, and as facts once they could be read."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from app.dates import PartialDate
from app.records.fields import Facts
from app.records.model import DoseFacts, EventFacts, TreatmentFacts


class FormKind(StrEnum):
    """The three forms: a treatment, a dose of it, an event."""

    TREATMENT = "treatment"
    DOSE = "dose"
    EVENT = "event"


FACTS: Mapping[FormKind, type[Facts]] = {
    FormKind.TREATMENT: TreatmentFacts,
    FormKind.DOSE: DoseFacts,
    FormKind.EVENT: EventFacts,
}
"""What each form tells."""


class Wish(Struct, frozen=True):
    """A thing to add or change; ids are internal, an empty one is yet to be made.

    ``code`` is the agent or the kind of event that something new begins with.
    """

    kind: FormKind
    treatment: str = ""
    dose: str = ""
    event: str = ""
    code: str = ""


WEIGHT, WEIGHED_ON = "weight", "weighed_on"
"""The two fields of a dose form that are no fact of the dose."""

Typed = Mapping[str, str]
"""What stands in the fields by the names of facts, as typed; lists hold the id chosen, or none."""


class Weighing(Struct, frozen=True):
    """A weight in kg and the day it was measured."""

    weight: Decimal
    date: PartialDate


class Submission(Struct, frozen=True):
    """The values of facts that can be stored, and a weight that was typed beside them, if any."""

    values: Mapping[str, object]
    weighing: Weighing | None = None
