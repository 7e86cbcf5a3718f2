"""Whether all is well with the data, and what each copy holds, in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from msgspec import Struct

from app.clock import Moment
from app.errors import N_, NN_
from app.language import Words
from app.records.copies.inventory import CopyState
from app.records.copies.second_place import ABSENT, Elsewhere
from app.records.file.names import moment_of
from app.records.model import DAMAGED_COPIES, Finding

_DEMO = N_("Demo data: a throw-away copy that goes when the window closes.")
_LOCKED = N_("The records are encrypted. They open with the passphrase or the recovery code.")
_OPEN = N_("Not protected: whoever has this folder can read its records.")


class Checked(Struct, frozen=True):
    """What the last check found, when, and how much the records held then."""

    moment: Moment
    findings: tuple[Finding, ...]
    held: CopyState | None = None


class DataFacts(Struct, frozen=True):
    """What is known of the data: the copies by name, what was read of each, the second place.

    Before ``is_looked`` nobody knows whether there are copies at all.
    ``lost`` is a sentence where a copy holds what the records do not, or nobody does;
    ``has_copy`` says which. ``trouble`` is why the last copy, here or in the second place, could
    not be made.
    """

    folder: Path
    now: Moment
    is_looked: bool = True
    paths: tuple[Path, ...] = ()
    elsewhere: Elsewhere | None = None
    paths_elsewhere: tuple[Path, ...] = ()
    states: Mapping[Path, CopyState] = {}
    checked: Checked | None = None
    lost: str = ""
    has_copy: bool = False
    trouble: str = ""
    is_protected: bool = True
    is_demo: bool = False
    may_put_back: bool = False
    may_choose: bool = False


class CopyLine(Struct, frozen=True):
    """One copy: when it was made, what it holds, and whether that was read; ``name`` is for ears.

    ``is_bad`` marks one that is damaged, if only in its last part.
    """

    path: Path
    when: str
    holds: str
    state: str
    name: str
    is_bad: bool = False
    can_put_back: bool = False


class PlaceView(Struct, frozen=True):
    """The second place in words, what is in it, and the word on the button that chooses one."""

    text: str
    caution: str
    choose: str
    lines: tuple[CopyLine, ...] = ()
    can_choose: bool = False
    can_forget: bool = False


class DataView(Struct, frozen=True):
    """The whole page. ``is_well`` chooses the sign beside the sentence."""

    is_well: bool
    title: str
    text: str
    lost: str
    has_copy: bool
    lines: tuple[CopyLine, ...]
    no_copies: str
    place: PlaceView
    where: str
    protection: str
    can_answer: bool = False
    can_rehearse: bool = False


def data_view(facts: DataFacts, words: Words) -> DataView:
    """Make the page."""
    wrong = tuple(dict.fromkeys(_wrong(facts, words)))
    known = tuple(_known(facts, words))
    return DataView(
        is_well=not wrong,
        title=_title(facts, words, is_well=not wrong),
        text="\n".join(one for one in (*wrong, words.sentences(known)) if one),
        lost=facts.lost,
        has_copy=facts.has_copy,
        lines=tuple(_line(path, facts, words) for path in facts.paths),
        no_copies=_no_copies(facts, words),
        place=_place(facts, words),
        where=words(N_("The records are in {folder}."), folder=str(facts.folder)),
        protection=words(_protection(facts)),
        can_answer=facts.may_put_back,
        can_rehearse=bool(facts.paths),
    )


def when_words(moment: Moment, now: Moment, words: Words) -> str:
    """Return an instant as people name it: today, yesterday, else by its date."""
    day, time = moment.local.date(), f"{moment.local:%H:%M}"
    if day == now.local.date():
        return words(N_("today, {time}"), time=time)
    if day == now.local.date() - timedelta(days=1):
        return words(N_("yesterday, {time}"), time=time)
    return words.moment(moment)


def made_words(path: Path, now: Moment, words: Words) -> str:
    """Return when a copy was made, by its name."""
    made = moment_of(path.name) or moment_of(path.stem)
    if made is None:
        return path.name
    return when_words(Moment(made, now.offset_minutes), now, words)


def held_words(state: CopyState, words: Words) -> str:
    """Return how much a copy holds, and whose visit is the newest in it."""
    visits = words.plural(NN_("{count} visit", "{count} visits"), state.visits)
    if state.newest is None:
        return visits
    newest = state.newest
    told = N_("newest: {name}, {when}")
    return words.dotted((visits, words(told, name=newest.name, when=words.moment(newest.moment))))


def rehearsed_words(state: CopyState, words: Words) -> str:
    """Return what a rehearsal found."""
    visits = words.plural(NN_("{count} visit", "{count} visits"), state.visits)
    if state.newest is None:
        told = N_("Rehearsed: the newest copy opens. It holds {visits}. Nothing was changed.")
        return words(told, visits=visits)
    told = N_(
        "Rehearsed: the newest copy opens. It holds {visits}, the newest of {day}. "
        "Nothing was changed."
    )
    return words(told, visits=visits, day=words.short_date(state.newest.moment.local.date()))


def check_text(findings: Sequence[Finding], words: Words) -> str:
    """Return what the check found, a line a kind of problem; nothing where there is none."""
    return "\n".join(
        line
        for found in findings
        if found.count
        for line in (words(found.sentence, count=found.count), *found.named)
    )


def _title(facts: DataFacts, words: Words, *, is_well: bool) -> str:
    if not is_well:
        return words(N_("Something here needs a look."))
    if facts.checked is None:
        return words(N_("Nothing wrong is known."))
    return words(N_("All is well."))


def _no_copies(facts: DataFacts, words: Words) -> str:
    if facts.paths:
        return ""
    return words(N_("There is no copy yet.") if facts.is_looked else N_("Looking…"))


def _wrong(facts: DataFacts, words: Words) -> Iterator[str]:
    checked = facts.checked
    harm = () if checked is None else tuple(one for one in checked.findings if one.is_damage)
    if found := check_text(harm, words):
        yield found
        if any(one.count and one.kind != DAMAGED_COPIES for one in harm):
            yield words(N_("Please put back a copy from before, or ask somebody who knows."))
    yield from (text for text in (facts.lost, facts.trouble) if text)
    bad = [path for path in facts.paths if _is_bad(path, facts)]
    if bad and not any(one.count and one.kind == DAMAGED_COPIES for one in harm):
        yield words(N_("Copies that are damaged: {count}."), count=len(bad))
    if facts.is_looked and not facts.paths:
        yield words(N_("There is no checked copy, so there is no way back yet. Please make one."))
    yield from _wrong_clock(facts, words)
    if facts.elsewhere is not None and not facts.elsewhere.is_there:
        yield words(ABSENT, path=str(facts.elsewhere.path))


def _wrong_clock(facts: DataFacts, words: Words) -> Iterator[str]:
    last = _last(facts)
    if last is not None and last.utc > facts.now.utc:
        told = N_(
            "The last copy was made on {copy}, and this machine says that it is {now} now. "
            "Please look whether its clock is right."
        )
        yield words(told, copy=words.moment(last), now=words.moment(facts.now))


def _known(facts: DataFacts, words: Words) -> Iterator[str]:
    checked = facts.checked
    if checked is None:
        yield words(N_("Not checked since the window was opened."))
    elif not any(one.count for one in checked.findings if one.is_damage):
        yield _checked_words(checked, facts.now, words)
        if made_anew := check_text(checked.findings, words):
            yield made_anew
    last = _last(facts)
    if last is not None:
        yield words(N_("Last copy: {when}."), when=when_words(last, facts.now, words))
    elsewhere = facts.elsewhere
    if elsewhere is not None and elsewhere.last is not None:
        carried = Moment(elsewhere.last, facts.now.offset_minutes)
        told = N_("Last copy in the second place: {when}.")
        yield words(told, when=when_words(carried, facts.now, words))


def _checked_words(checked: Checked, now: Moment, words: Words) -> str:
    when, held = when_words(checked.moment, now, words), checked.held
    if held is None:
        return words(N_("Checked {when}: journal whole, every total as written."), when=when)
    return words(
        N_("Checked {when}: {visits}, {patients}, journal whole, every total as written."),
        when=when,
        visits=words.plural(NN_("{count} visit", "{count} visits"), held.visits),
        patients=words.plural(NN_("{count} patient", "{count} patients"), held.patients),
    )


def _last(facts: DataFacts) -> Moment | None:
    made = [moment for path in facts.paths if (moment := moment_of(path.name)) is not None]
    return Moment(max(made), facts.now.offset_minutes) if made else None


def _is_bad(path: Path, facts: DataFacts) -> bool:
    state = facts.states.get(path)
    return state is not None and not (state.is_verified or state.is_unread)


def _line(path: Path, facts: DataFacts, words: Words) -> CopyLine:
    state, when = facts.states.get(path), made_words(path, facts.now, words)
    is_bad = _is_bad(path, facts)
    return CopyLine(
        path=path,
        when=when,
        holds=_holds(state, facts.now, words),
        state=words(_state(state)),
        name=words(N_("Put back the copy: {when}"), when=when),
        is_bad=is_bad,
        can_put_back=facts.may_put_back and (not is_bad or _is_cut(state)),
    )


def _is_cut(state: CopyState | None) -> bool:
    return state is not None and state.is_cut


def _holds(state: CopyState | None, now: Moment, words: Words) -> str:
    """Say what can be had of a copy; of one whose last part is damaged up to when that is."""
    if state is None or not state.is_usable:
        return ""
    told = held_words(state, words)
    if not state.is_cut or state.end is None:
        return told
    when = when_words(state.end.moment, now, words)
    return words.dotted((words(N_("Sound up to {when}"), when=when), told))


def _state(state: CopyState | None) -> str:
    if state is None:
        return N_("being read…")
    if state.is_unread:
        return N_("not read")
    if state.is_cut:
        return N_("last part damaged")
    return N_("verified") if state.is_verified else N_("damaged")


def _place(facts: DataFacts, words: Words) -> PlaceView:
    found = facts.elsewhere
    can_choose = facts.may_choose and not facts.is_demo
    if found is None:
        text = N_(
            "None yet. If this disk breaks or is stolen, all copies go with it. A stick, another "
            "disk or a share keeps one more of each."
        )
        return PlaceView(
            text=words(text),
            caution="",
            choose=words(N_("Choose a folder…")),
            can_choose=can_choose,
        )
    return PlaceView(
        text=str(found.path),
        caution=words(_doubt(found)),
        choose=words(N_("Choose another…")),
        lines=tuple(_line(path, facts, words) for path in facts.paths_elsewhere),
        can_choose=can_choose,
        can_forget=can_choose,
    )


def _doubt(found: Elsewhere) -> str:
    if not found.is_there:
        return N_("It is not there now. Plug it in, then make a copy.")
    if found.is_same_disk:
        return N_("It is on the same disk as the records: if that disk breaks, both are gone.")
    return ""


def _protection(facts: DataFacts) -> str:
    if facts.is_demo:
        return _DEMO
    return _LOCKED if facts.is_protected else _OPEN
