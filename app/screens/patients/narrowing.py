"""What the list is narrowed to and how it stands: chosen in a panel, told in one line."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from app.errors import N_, NN_
from app.language import Words
from app.records.lines import Filter, ListOrder
from app.records.lists import code_list
from app.screens.offers import offers
from widgets.values import Choice

_ORDERS = (
    (ListOrder.LATEST_VISIT, N_("Latest visit first")),
    (ListOrder.LONGEST_AGO, N_("Longest not seen first")),
    (ListOrder.FAMILY_NAME, N_("By family name")),
    (ListOrder.YOUNGEST, N_("Youngest first")),
    (ListOrder.OLDEST, N_("Oldest first")),
)
HIGHER, UNSEEN = "higher", "unseen"
"""What else the list can be narrowed to."""

_BY_COLUMN = {
    "name": (ListOrder.FAMILY_NAME,),
    "age": (ListOrder.YOUNGEST, ListOrder.OLDEST),
    "last_visit": (ListOrder.LATEST_VISIT, ListOrder.LONGEST_AGO),
}


class Narrowing(Struct, frozen=True):
    """What was chosen; empty and false leave nobody out."""

    diagnosis: str = ""
    status: str = ""
    is_higher: bool = False
    is_unseen: bool = False
    order: ListOrder = ListOrder.LATEST_VISIT

    @property
    def leaves_out(self) -> bool:
        """Whether it leaves anybody out."""
        return bool(self.diagnosis or self.status or self.is_higher or self.is_unseen)

    def only(self, today: date, unseen_days: int) -> Filter:
        """Return the filter as it stands today."""
        seen_before = today - timedelta(days=unseen_days) if self.is_unseen else None
        return Filter(self.diagnosis, self.status, self.is_higher, seen_before)


EVERYBODY = Narrowing()


class NarrowingView(Struct, frozen=True):
    """The panel, and one line that says what is left out; empty where nothing is."""

    chosen: Narrowing
    diagnoses: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    others: tuple[Choice, ...]
    orders: tuple[Choice, ...]
    told: str


def narrowing_view(
    chosen: Narrowing, counts: tuple[int, int], unseen_days: int, words: Words
) -> NarrowingView:
    """Make the panel; ``counts`` are the patients found and all of them."""
    orders = tuple(Choice(order, words(title)) for order, title in _ORDERS)
    return NarrowingView(
        chosen=chosen,
        diagnoses=offers("diagnoses", words),
        statuses=offers("patient_statuses", words),
        others=_others(unseen_days, words),
        orders=orders,
        told=_told(chosen, counts, unseen_days, words),
    )


def by_column(column: str, order: ListOrder) -> ListOrder | None:
    """Return the order that a tap on a column's head asks for; a second tap turns it round."""
    known = _BY_COLUMN.get(column)
    if known is None:
        return None
    return known[(known.index(order) + 1) % len(known)] if order in known else known[0]


def column_of(order: ListOrder) -> str:
    """Return the column that an order stands by."""
    return next(column for column, orders in _BY_COLUMN.items() if order in orders)


def _others(unseen_days: int, words: Words) -> tuple[Choice, ...]:
    forms = NN_("Not seen for over {count} day", "Not seen for over {count} days")
    return (
        Choice(HIGHER, words(N_("Higher than last time"))),
        Choice(UNSEEN, words.plural(forms, unseen_days)),
    )


def _told(chosen: Narrowing, counts: tuple[int, int], unseen_days: int, words: Words) -> str:
    parts = list(_parts(chosen, unseen_days, words))
    if not parts:
        return ""
    found, every = counts
    forms = NN_("{found} of {count} patient: {what}", "{found} of {count} patients: {what}")
    return words.plural(forms, every, found=found, what=words.dotted(parts))


def _parts(chosen: Narrowing, unseen_days: int, words: Words) -> Iterator[str]:
    if chosen.diagnosis:
        yield words(code_list("diagnoses").title_of(chosen.diagnosis))
    if chosen.status:
        yield words(code_list("patient_statuses").title_of(chosen.status))
    higher, unseen = _others(unseen_days, words)
    if chosen.is_higher:
        yield higher.title
    if chosen.is_unseen:
        yield unseen.title
