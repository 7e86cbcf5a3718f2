"""The doses at which a relapse began, in words: what ran, what may have run, and what had ended.

A short date is its whole period. Where it leaves open which of two doses ran, or whether one
still did, both are told, and that the day is not known.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise

from msgspec import Struct

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.doses import DoseRun, is_ahead, runs_of
from app.records.model import Treatment
from app.trends.since import IMMUNE_ROLES, agent_class, lane_key
from app.wording.treatments import DoseOrder, agent_name, dose_order, dose_words, either_words

Stage = Sequence[DoseRun]
"""Doses of one time: side by side, or of which no order is known."""


def dose_sentences(
    treatments: Sequence[Treatment], period: PartialDate, words: Words
) -> Iterator[str]:
    """Tell, of each agent that acts on the immune system, its doses in a period.

    Of one that had none then, the last stop or dose before is told, however long ago it was.
    """
    agents: dict[str, list[Treatment]] = {}
    for treatment in treatments:
        is_later = is_ahead(treatment.facts.start, period.last)
        if agent_class(treatment) in IMMUNE_ROLES and not is_later:
            agents.setdefault(lane_key(treatment), []).append(treatment)
    for group in agents.values():
        given = [text for each in group if (text := _given(each, period, words))]
        yield from given or _last_before(group, period, words)


def _given(treatment: Treatment, period: PartialDate, words: Words) -> str:
    """Tell what was given in a period, or may have been; single doses are none that last."""
    stop = treatment.facts.stop
    if stop is not None and stop.last < period.first:
        return ""
    if not runs_of(treatment):
        return _undosed(treatment, period, words)
    runs = [run for run in runs_of(treatment) if not run.facts.is_once and run.touches(period)]
    return _sentence(treatment, _changes(runs, period), words) if runs else ""


class _Change(Struct, frozen=True):
    """Doses that follow others; ``is_certain`` says that the change lay within the period."""

    stage: Stage
    is_certain: bool = True


def _changes(runs: Sequence[DoseRun], period: PartialDate) -> Sequence[_Change]:
    """Return the doses of a period, one after another where they changed.

    The first has none where nothing had certainly begun, the last where all may have ended.
    """
    changes = [_Change(())]
    for run in runs:
        before = changes[-1].stage
        if _had_begun(run, period) or (before and before[-1].start == run.start):
            changes[-1] = _Change((*before, run), changes[-1].is_certain)
        else:
            left = [other for other in before if not _gives_way(other, run)]
            changes.append(_Change((*left, run), _is_within(run.start, period)))
    last = changes[-1].stage
    ending = [run.stop for run in last if run.stop and run.stop.first < period.last]
    if ending:
        lasting = [run for run in last if not run.stop or run.stop.first >= period.last]
        changes.append(_Change(lasting, all(_is_within(stop, period) for stop in ending)))
    return changes


def _had_begun(run: DoseRun, period: PartialDate) -> bool:
    return run.start is not None and run.start.last <= period.first


def _is_within(when: PartialDate | None, period: PartialDate) -> bool:
    return when is not None and period.first <= when.first and when.last <= period.last


def _gives_way(one: DoseRun, to: DoseRun) -> bool:
    """Whether a dose has ended, as far as is known, when another one begins."""
    if one.next_start is not None and one.next_start == to.start:
        return True
    return one.stop is not None and to.start is not None and one.stop.last < to.start.first


def _sentence(treatment: Treatment, changes: Sequence[_Change], words: Words) -> str:
    agent = agent_name(treatment, words)
    first = next(change.stage for change in changes if change.stage)
    doses = _changes_words(changes, words)
    if not first[0].facts.is_pause:
        return words(N_("{agent} was at {doses}."), agent=agent, doses=doses)
    if len(changes) > 1 or first[0].start is None:
        return words(N_("{agent} was {pause}."), agent=agent, pause=doses)
    since = words.short_date(first[0].start)
    return words(N_("{agent} was {pause} since {date}."), agent=agent, pause=doses, date=since)


def _changes_words(changes: Sequence[_Change], words: Words) -> str:
    """Tell the doses, the days within the period on which they began or ended, what is open."""
    found = [change for change in changes if change.stage]
    told = [
        found[0],
        *(one for before, one in pairwise(found) if not _reads_alike(before, one, words)),
    ]
    texts = [either_words(_alternatives(change.stage, words), words) for change in told]
    if not changes[0].stage and found[0].is_certain:
        start = words.short_date(found[0].stage[-1].start)
        texts[0] = words(N_("{dose} from {date}"), dose=texts[0], date=start)
    if not changes[-1].stage and changes[-1].is_certain:
        stop = words.short_date(_latest(run.stop for run in found[-1].stage))
        texts[-1] = words(N_("{dose} until {date}"), dose=texts[-1], date=stop)
    text = texts[0]
    for dose in texts[1:]:
        text = words(N_("{doses}, then {dose}"), doses=text, dose=dose)
    return _open_words(changes, told, text, words)


def _reads_alike(before: _Change, one: _Change, words: Words) -> bool:
    return _alternatives(before.stage, words) == _alternatives(one.stage, words)


def _open_words(
    changes: Sequence[_Change], told: Sequence[_Change], doses: str, words: Words
) -> str:
    """Return doses with what is not known of their order, their beginning and their end."""
    is_change_open = not all(change.is_certain for change in told[1:])
    if is_change_open:
        found = (dose for change in told for dose in _alternatives(change.stage, words))
        doses = either_words(dict.fromkeys(found), words)
    is_begin_open = not changes[0].stage and not told[0].is_certain
    is_end_open = not changes[-1].stage and not changes[-1].is_certain
    if is_begin_open:
        doses = words(N_("{doses}, or not begun yet"), doses=doses)
    if is_end_open:
        doses = words(N_("{doses}, or already stopped"), doses=doses)
    if is_begin_open or is_end_open:
        return words(N_("{doses}: the day is not known"), doses=doses)
    if is_change_open:
        return words(N_("{doses}: the day of the change is not known"), doses=doses)
    if any(len(_alternatives(change.stage, words)) > 1 for change in told):
        return words(N_("{doses}: which of them is not known"), doses=doses)
    return doses


def _alternatives(stage: Stage, words: Words) -> Sequence[str]:
    """Return the doses of one time; what is given together, or counted in sessions, is one."""
    groups = groupby(sorted(stage, key=_order), key=_group)
    texts = (
        words.together(dict.fromkeys(dose_words(run.step, words) for run in group))
        for _, group in groups
    )
    return tuple(dict.fromkeys(texts))


def _order(run: DoseRun) -> DoseOrder:
    return dose_order(run.step)


def _group(run: DoseRun) -> str:
    if run.facts.is_single:
        return run.facts.unit
    return run.facts.together or run.step.id


def _latest(dates: Iterable[PartialDate | None]) -> PartialDate:
    return max((when for when in dates if when is not None), key=_last)


def _last(when: PartialDate) -> date:
    return when.last


def _undosed(treatment: Treatment, period: PartialDate, words: Words) -> str:
    """Tell that an agent was given, or may have been, of which no dose is recorded."""
    agent, start, stop = agent_name(treatment, words), treatment.facts.start, treatment.facts.stop
    has_begun = start is not None and start.last <= period.first
    if has_begun and (stop is None or stop.first >= period.last):
        return words(N_("{agent} was given; its dose is not recorded."), agent=agent)
    return words(N_("{agent} may have been given: the day is not known."), agent=agent)


class _End(Struct, frozen=True):
    """When a dose or all of a treatment was over, in a sentence; on one day ``rank`` decides."""

    when: PartialDate
    rank: int
    agent: Treatment
    sentence: str


def _last_before(
    treatments: Sequence[Treatment], period: PartialDate, words: Words
) -> Iterator[str]:
    """Tell the last dose or stop of an agent before a period, if there was one.

    A single dose of which the order is not known is told beside it.
    """
    ends = [end for each in treatments for end in _ends(each, period)]
    if ends:
        end = max(ends, key=_end_order)
        agent, day = agent_name(end.agent, words), words.short_date(end.when)
        yield words(end.sentence, agent=agent, date=day)
    unsure = [when for each in treatments for when in _unsure_doses(each, period)]
    if unsure:
        agent, day = agent_name(treatments[0], words), words.short_date(_latest(unsure))
        text = N_("{agent}: a dose of {date}, before the relapse began or after it.")
        yield words(text, agent=agent, date=day)


def _end_order(end: _End) -> tuple[date, int]:
    return end.when.last, end.rank


def _ends(treatment: Treatment, period: PartialDate) -> Iterator[_End]:
    stop = treatment.facts.stop
    if stop is not None and stop.last < period.first:
        yield _End(stop, 1, treatment, N_("{agent} was stopped {date}."))
    for run in runs_of(treatment):
        if run.facts.is_pause or run.stop is None or run.stop.last >= period.first:
            continue
        if run.facts.is_once:
            yield _End(run.stop, 2, treatment, N_("{agent}: last dose {date}."))
        else:
            text = N_("{agent}: the last recorded dose ended {date}.")
            yield _End(run.stop, 0, treatment, text)


def _unsure_doses(treatment: Treatment, period: PartialDate) -> Iterator[PartialDate]:
    """Yield the single doses of a period; one on the very day is as likely treatment of it."""
    for run in runs_of(treatment):
        is_of_the_day = period.is_full and run.start == period
        if run.facts.is_once and run.touches(period) and not is_of_the_day and run.start:
            yield run.start
