"""A visit as plain lines for the hospital's own record: what was seen, by whom, what it is not."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from app.errors import N_
from app.language import Words
from app.records.model import Measure, PatientRecord, Sheet, Visit, VisitState
from app.trends.notes import MAY_HAVE_CHANGED, NOT_A_DEVICE
from app.trends.since_last import since_last_words, since_visit_before
from app.wording.answers import key_words, told_answer
from app.wording.life import life_words
from app.wording.people import (
    born_words,
    identifier_words,
    referral_words,
)
from app.wording.totals import of_highest, total_words
from app.wording.visits import (
    amendment_words,
    context_words,
    measure_title,
    measured_words,
    next_visit_on,
    signature_words,
)
from scales.catalogue import Catalogue
from scales.model import Answer, Definition, Key

_PLAIN = str.maketrans(
    dict.fromkeys("\u2066\u2067\u2068\u2069\r") | {"\n": "\n  ", "\u2028": "\n  "}
)
"""Signs that nobody sees go; what goes on below in a text that was typed is set in."""
_CHECKED = N_("criteria checked against the paper")


class VisitContent(Struct, frozen=True):
    """A visit, signed or not, what was measured at it, and the record that it stands in."""

    visit: Visit
    measures: Sequence[Measure]
    record: PatientRecord
    catalogue: Catalogue


def visit_text(content: VisitContent, words: Words) -> str:
    """Return the visit as lines of plain text, each ended; the age stands at the visit's day."""
    blocks = (
        _head(content, words),
        *(_sheet(content, sheet, words) for sheet in content.visit.sheets),
        _around(content, words),
        _since(content, words),
        _foot(content, words),
    )
    lines: list[str] = []
    for block in filter(None, map(list, blocks)):
        lines += ["", *block] if lines else block
    return "".join([f"{line.translate(_PLAIN)}\n" for line in lines])


def _head(content: VisitContent, words: Words) -> Iterator[str]:
    visit, patient = content.visit, content.record.patient
    when = words.at(visit.facts.date, visit.facts.time)
    yield words(N_("Visit of {when}"), when=when)
    facts = patient.facts
    who = (
        facts.name,
        born_words(facts, words),
        *life_words(facts, words, visit.facts.date.last),
        identifier_words(facts, words),
        referral_words(facts, words),
    )
    yield words(N_("Patient: {who}"), who=words.dotted(who))
    if patient.caution:
        yield words(patient.caution)
    rater = visit.facts.rater
    yield words(N_("Rater: {rater}"), rater=rater) if rater else words(N_("Rater not recorded"))
    if visit.state is VisitState.DRAFT:
        yield words(N_("Not signed yet."))
    if visit.amend_reason:
        yield amendment_words(visit, words)
    if visit.error_reason is not None:
        yield words(N_("Entered in error: {reason}"), reason=visit.error_reason)


def _sheet(content: VisitContent, sheet: Sheet, words: Words) -> Iterator[str]:
    definition = content.catalogue.find(sheet.scale)
    yield words(
        N_("{scale}, version {version} ({mark})"),
        scale=words(definition.title),
        version=sheet.version,
        mark=words(definition.caution or _CHECKED),
    )
    yield words(N_("Total: {total}"), total=total_words(definition, sheet, words))
    if sheet.is_typed:
        return
    for key in definition.keys:
        yield _item(definition, key, sheet.answers.get(key), words)
    for subscore in definition.subscores:
        value = sheet.subscores.get(subscore.id)
        if value is not None:
            total = of_highest(value, subscore.highest, words)
            yield words(N_("{title}: {value}"), title=words(subscore.title), value=total)
    for kept in sheet.confirmed:
        yield words(N_("Kept: {question}"), question=kept.sentence)


def _item(definition: Definition, key: Key, answer: Answer | None, words: Words) -> str:
    """Return an item with its level and the level's criterion in short, or why there is none."""
    text, told = N_("- {item}: {answer}"), told_answer(definition, key, answer, words)
    return words(text, item=key_words(definition, key, words), answer=told)


def _around(content: VisitContent, words: Words) -> Iterator[str]:
    context = content.visit.facts.context
    told = [(title, value) for title, value in context_words(context, words) if value]
    told += [
        (measure_title(one.facts, words), measured_words(one.facts, words))
        for one in content.measures
    ]
    if context.note:
        told.append((words(N_("Note")), context.note))
    if told:
        yield words(N_("Around the visit"))
    for title, value in told:
        yield words(N_("{title}: {value}"), title=title, value=value)


def _since(content: VisitContent, words: Words) -> Iterable[str]:
    since = since_visit_before(content.visit, content.record, content.catalogue)
    if since is None:
        return ()
    told = since_last_words(since, words)
    return (told.title, *(words(N_("- {line}"), line=line) for line in (*told.lines, *told.moves)))


def _foot(content: VisitContent, words: Words) -> Iterator[str]:
    visit = content.visit
    expected = next_visit_on(content.record, visit.facts.date.last)
    if expected is not None:
        yield words(N_("Next visit: {date}"), date=words.short_date(expected))
    signed = signature_words(visit, words)
    if signed:
        yield signed
    yield words(MAY_HAVE_CHANGED)
    yield words(NOT_A_DEVICE)
