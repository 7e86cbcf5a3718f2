"""What is typed here, as values: as somebody typed it, and as facts once it could be read."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from app.dates import PartialDate
from app.records.model import DoseStep


class FormKind(StrEnum):
    """What can be open: a treatment, its card, its end, a dose given; event, finding, measure."""

    TREATMENT = "treatment"
    STEPS = "steps"
    CHANGE = "change"
    STOP = "stop"
    EVENT = "event"
    FINDING = "finding"
    MEASURE = "measure"
    GIVEN = "given"

    @property
    def is_on_card(self) -> bool:
        """Whether it is typed on the card itself, and not beside the cards."""
        return self in {FormKind.STEPS, FormKind.CHANGE}

    @property
    def is_dated(self) -> bool:
        """Whether it is about something that was on a day, and stands with the events."""
        return self in {FormKind.EVENT, FormKind.FINDING, FormKind.MEASURE}


class Wish(Struct, frozen=True):
    """A thing to add or change; ids are internal, an empty one is yet to be made.

    ``code`` is what something new begins with: the agent, or the kind of what is dated; ``day``
    and ``note`` are what is known of it. ``dose`` is a dose that was given, the one that is due
    where it is empty; ``is_now`` stores it at once, without a form.
    """

    kind: FormKind
    treatment: str = ""
    event: str = ""
    finding: str = ""
    measure: str = ""
    code: str = ""
    dose: str = ""
    day: PartialDate | None = None
    note: str = ""
    is_now: bool = False


Typed = Mapping[str, str]
"""What stands in fields by the names of facts, as typed; lists hold the id chosen, or none."""

GIVING = ("brand", "batch", "reaction")
"""The fields of a dose that was given."""
WEIGHT, WEIGHED_ON = "weight", "weighed_on"
"""The two fields of a new treatment that are no fact of it."""


class TypedStep(Struct, frozen=True):
    """A row of a treatment's table as it stands in its cells; ``id`` is empty for a new one.

    A pause has a note and dates, and no dose. ``is_with_above`` says that it is given together
    with the row above; a new row is blank while it holds only what stood ready in it.
    """

    id: str = ""
    start: str = ""
    stop: str = ""
    dose: str = ""
    unit: str = ""
    frequency: str = ""
    per: str = ""
    note: str = ""
    is_pause: bool = False
    is_with_above: bool = False
    is_blank: bool = False


class Filled(Struct, frozen=True):
    """What stands in a form: its fields, and the rows of its table.

    ``taken_away`` are the stored steps whose rows were taken out of the table.
    """

    fields: Typed
    steps: tuple[TypedStep, ...] = ()
    taken_away: tuple[str, ...] = ()


class Spot(Struct, frozen=True):
    """Where a sentence stands: at a field, or at a cell of a row of the table."""

    field: str
    row: int | None = None


class Weighing(Struct, frozen=True):
    """A weight in kg and the day it was measured."""

    weight: Decimal
    date: PartialDate


class Submission(Struct, frozen=True):
    """What can be stored: values of facts, dose steps (a new one without an id), and a weight.

    ``taken_away`` are the dose steps to take out of the record, for a ``reason``.
    """

    values: Mapping[str, object]
    steps: tuple[DoseStep, ...] = ()
    taken_away: tuple[str, ...] = ()
    weighing: Weighing | None = None
    reason: str = ""
