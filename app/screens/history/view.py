"""The history as it is shown: each deed with who, when, what, and each field before and after."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct

from app.clock import Moment
from app.errors import N_, NN_
from app.language import Words, isolated
from app.records.actions import Action
from app.records.history import Deed
from app.wording.history import Line, action_words, deed_lines, visit_words, written_words
from app.wording.people import identifier_words, one_line
from scales.catalogue import Catalogue
from widgets.values import Choice

_GROUPS = (
    ("patient", N_("Patients"), ("patient",)),
    ("visit", N_("Visits and scores"), ("visit", "answer", "total", "sheet", "question", "undo")),
    (
        "given",
        N_("Treatments, events, measures"),
        ("treatment", "dose", "event", "measure", "sequela", "finding"),
    ),
    ("tables", N_("Imports, copies, other stations"), ("import", "copy", "hear")),
    ("unit", N_("People and settings"), ("user", "settings")),
    ("seen", N_("Only looked, printed, exported"), ("seen",)),
)
_AREAS = {area: group for group, _, areas in _GROUPS for area in areas}
_FEW = 8
"""How many fields of a deed stand there at once; more are one tap away."""


class DeedGroup(Struct, frozen=True):
    """The fields of one thing: what it is, and each field with what stood there and stands."""

    about: str
    rows: tuple[tuple[str, str], ...]


class DeedView(Struct, frozen=True):
    """One deed; ``rest`` are the groups that a tap on ``more`` adds, ``beyond`` what is left."""

    title: str
    when: str
    who: str
    about: str
    groups: tuple[DeedGroup, ...]
    rest: tuple[DeedGroup, ...]
    more: str
    beyond: str
    why: str
    entry: str
    is_look: bool


class HistoryView(Struct, frozen=True):
    """The deeds that were found so far, what is said of them, and the way further back."""

    deeds: tuple[DeedView, ...]
    told: str
    further: str


def group_of(action: str) -> str:
    """Return the kind of action that an action belongs to; of another version, none."""
    return _AREAS.get(_area(action), "")


def actions_in(group: str) -> frozenset[str]:
    """Return the ids of a kind of action; without one, none: which asks for all."""
    return frozenset(one.id for one in Action if group and group_of(one.id) == group)


def group_choices(words: Words) -> tuple[Choice, ...]:
    """Return the kinds of action to choose from, all of them first."""
    kinds = (Choice(group, words(title)) for group, title, _ in _GROUPS)
    return (Choice("", words(N_("Everything"))), *kinds)


def people_choices(people: Iterable[tuple[str, str]], words: Words) -> tuple[Choice, ...]:
    """Return the people to choose from, everybody first; each is an id and a name."""
    named = (Choice(user, one_line(name)) for user, name in people)
    return (Choice("", words(N_("Everybody"))), *named)


def history_view(
    deeds: Sequence[DeedView], reached: Moment | None, words: Words, *, is_all: bool
) -> HistoryView:
    """Return what is shown; ``reached`` is how far back was looked, if there is more."""
    further = "" if reached is None else words(N_("Look further back"))
    return HistoryView(tuple(deeds), _told(len(deeds), reached, words, is_all=is_all), further)


def _told(count: int, reached: Moment | None, words: Words, *, is_all: bool) -> str:
    if reached is not None:
        forms = NN_(
            "{count} entry, back to {moment}. There is more before it.",
            "{count} entries, back to {moment}. There is more before them.",
        )
        return words.plural(forms, count, moment=words.moment(reached))
    if not count:
        nothing = N_("Nothing was written yet.") if is_all else N_("No entry fits.")
        return words(nothing)
    return words.plural(NN_("{count} entry.", "{count} entries."), count)


def deed_view(deed: Deed, catalogue: Catalogue, words: Words, *, is_of_all: bool) -> DeedView:
    """Return one deed; among everybody's it names its patient."""
    lines = deed_lines(deed, catalogue, words)
    shown, rest = lines[:_FEW], lines[_FEW:]
    beyond = deed.rows - len(deed.changes)
    return DeedView(
        title=action_words(deed.step.action, words),
        when=written_words(deed.step.when, words),
        who=one_line(deed.name) or words(N_("the app itself")),
        about=words.dotted((_who(deed, words) if is_of_all else "", visit_words(deed, words))),
        groups=_groups(deed, shown, words),
        rest=_groups(deed, rest, words),
        more=_more(len(rest), words) if rest else "",
        beyond=_beyond(beyond, words) if beyond else "",
        why=words(N_("Why: {reason}"), reason=one_line(deed.reason)) if deed.reason else "",
        entry=words(N_("Entry {hash}"), hash=deed.entry) if deed.entry else "",
        is_look=deed.is_look,
    )


def _area(action: str) -> str:
    return next((area for area in _AREAS if action == area or action.startswith(f"{area}.")), "")


def _more(count: int, words: Words) -> str:
    return words.plural(NN_("Show {count} more field", "Show {count} more fields"), count)


def _beyond(count: int, words: Words) -> str:
    forms = NN_(
        "{count} more row was written; the table that can be saved holds it.",
        "{count} more rows were written; the table that can be saved holds them.",
    )
    return words.plural(forms, count)


def _who(deed: Deed, words: Words) -> str:
    if len(deed.people) > 1:
        return words.plural(NN_("{count} patient", "{count} patients"), len(deed.people))
    return next((_name(deed, one, words) for one in deed.people), "")


def _name(deed: Deed, patient: str, words: Words) -> str:
    facts = deed.people.get(patient)
    if facts is None:
        return ""
    return words.dotted((isolated(facts.name), identifier_words(facts, words)))


def _groups(deed: Deed, lines: Sequence[Line], words: Words) -> tuple[DeedGroup, ...]:
    """Return the fields thing by thing; where several patients are told of, each with its name."""
    is_one = len(deed.people) < 2

    def thing(line: Line) -> str:
        return words.dotted(("" if is_one else _name(deed, line.patient, words), line.about))

    return tuple(
        DeedGroup(about, tuple((line.field, _way(line, words)) for line in group))
        for about, group in groupby(lines, key=thing)
    )


def _way(line: Line, words: Words) -> str:
    if not line.before:
        return line.after
    return words(N_("{before} \u203a {after}"), before=line.before, after=line.after)
