"""Every item of the last three visits, side by side, with what each visit says of itself."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

from app.errors import N_
from app.language import Words
from app.records.model import Sheet, Visit, VisitState
from app.reports.matter import Matter
from app.reports.physician_course import heading
from app.reports.typeset import CELL, CELL_BOLD, CELL_SOFT, SOFT, Cell
from app.trends.reasons import key_words
from scales.model import (
    Answer,
    Declined,
    Definition,
    Item,
    Key,
    Missing,
    NotTestable,
    Scored,
    Side,
    plain,
)

SHOWN = 3
_TITLES = {
    1: N_("Items of the last visit"),
    2: N_("Items of the last two visits"),
    3: N_("Items of the last three visits"),
}
_ITEM_SHARE = 0.31
_SIDES = {Side.RIGHT: N_("R {answer}"), Side.LEFT: N_("L {answer}")}
_WHY = {
    Missing.OPEN: N_("{item} open"),
    Missing.NOT_TESTABLE: N_("{item} not testable"),
    Missing.DECLINED: N_("{item} declined"),
}
_CONTEXT = (
    ("slept", N_("Slept")),
    ("ill", N_("Fever or infection")),
    ("missed_dose", N_("Missed dose")),
    ("cooperation", N_("Cooperation")),
    ("note", N_("Note")),
)


def last_visits(matter: Matter) -> Iterator[Flowable]:
    """Return one table of the last visits' sheets, a column for each visit."""
    visits = matter.visits[-SHOWN:]
    if not visits:
        return
    yield from heading(matter, _TITLES[len(visits)])
    if len(matter.visits) > SHOWN:
        text = N_("The record holds {count} signed visits; each total stands in the figure.")
        words = matter.words(text, count=len(matter.visits))
        yield matter.typesetter.text(words, SOFT, matter.width)
    first = matter.width * _ITEM_SHARE
    widths = [first, *[(matter.width - first) / len(visits)] * len(visits)]
    rows: list[Sequence[Cell | Flowable]] = [_visit_row(visits, matter.words)]
    rules = [matter.typesetter.rule(0, 0)]
    for definition in matter.catalogue.definitions:
        sheets = [visit.sheet(definition.id) for visit in visits]
        if any(sheet is not None for sheet in sheets):
            rules.append(("SPAN", (0, len(rows)), (-1, len(rows))))
            rows.append([_scale_title(matter, definition), *[("", CELL)] * len(sheets)])
            rows += _scale_rows(definition, sheets, matter.words)
            rules.append(matter.typesetter.rule(len(rows) - 1, len(rows) - 1))
    rows += _context_rows(visits, matter.words)
    yield matter.typesetter.table(rows, widths, rules, repeat=1)


def _visit_row(visits: Sequence[Visit], words: Words) -> Sequence[Cell]:
    return [("", CELL_SOFT), *((_visit_words(visit, words), CELL_BOLD) for visit in visits)]


def _visit_words(visit: Visit, words: Words) -> str:
    when = words.short_date(visit.facts.date)
    lines = [f"{when}, {visit.facts.time}" if visit.facts.time else when]
    lines.append(visit.facts.rater or words(N_("rater not recorded")))
    if visit.state is VisitState.IMPORTED:
        lines.append(words(N_("Imported")))
    if visit.version > 1:
        text = N_("Amended, version {version}")
        lines.append(words(text, version=visit.version))
    return "\n".join(lines)


def _scale_title(matter: Matter, definition: Definition) -> Flowable:
    caution = matter.words(definition.caution)
    return matter.typesetter.pieces((matter.words(definition.title), CELL_BOLD), (caution, SOFT))


def _scale_rows(
    definition: Definition, sheets: Sequence[Sheet | None], words: Words
) -> Iterator[Sequence[Cell]]:
    if any(sheet is not None and sheet.answers for sheet in sheets):
        for item in definition.items:
            cells = [(_item_words(item, sheet, words), CELL) for sheet in sheets]
            yield [(words(item.title), CELL_SOFT), *cells]
        yield from _subscore_rows(definition, sheets, words)
    totals = [(_total_words(definition, sheet, words), CELL_BOLD) for sheet in sheets]
    yield [(words(N_("Total")), CELL_BOLD), *totals]
    if any(sheet is not None and sheet.confirmed for sheet in sheets):
        kept = [(_kept_words(sheet), CELL_SOFT) for sheet in sheets]
        yield [(words(N_("Questions looked at and kept")), CELL_SOFT), *kept]


def _item_words(item: Item, sheet: Sheet | None, words: Words) -> str:
    """Return an item's answer in words; a sheet without answers of its own shows none."""
    if sheet is None or not sheet.answers:
        return ""
    parts = []
    for key in item.keys:
        text = answer_words(sheet.answers.get(key), words)
        parts.append(text if key.side is None else words(_SIDES[key.side], answer=text))
    return " / ".join(parts)


def answer_words(answer: Answer | None, words: Words) -> str:
    """Return a level, “not testable (why)”, “declined” or “open”."""
    match answer:
        case Scored(level):
            return plain(level)
        case NotTestable(reason):
            return words(N_("not testable ({reason})"), reason=reason)
        case Declined(reason) if reason:
            return words(N_("declined ({reason})"), reason=reason)
        case Declined():
            return words(N_("declined"))
        case _:
            return words(N_("open"))


def _subscore_rows(
    definition: Definition, sheets: Sequence[Sheet | None], words: Words
) -> Iterator[Sequence[Cell]]:
    for subscore in definition.subscores:
        cells = []
        for sheet in sheets:
            value = sheet.subscores.get(subscore.id) if sheet is not None else None
            out_of = {"highest": plain(subscore.highest)}
            text = (
                ""
                if value is None
                else words(N_("{total} of {highest}"), total=plain(value), **out_of)
            )
            cells.append((text, CELL_SOFT))
        if any(text for text, _ in cells):
            yield [(words(subscore.title), CELL_SOFT), *cells]


def _total_words(definition: Definition, sheet: Sheet | None, words: Words) -> str:
    if sheet is None:
        return words(N_("not done at this visit"))
    if sheet.total is None:
        why = ", ".join(_why(definition, sheet, key, words) for key in sheet.missing)
        return words(N_("no total: {reasons}"), reasons=why)
    text = (
        N_("{total} of {highest}, typed from paper")
        if sheet.is_typed
        else N_("{total} of {highest}")
    )
    return words(text, total=plain(sheet.total), highest=plain(definition.highest))


def _why(definition: Definition, sheet: Sheet, key: Key, words: Words) -> str:
    why = sheet.reasons.get(key, Missing.OPEN)
    return words(_WHY[why], item=key_words(definition, key, words))


def _kept_words(sheet: Sheet | None) -> str:
    return "" if sheet is None else "\n".join(kept.sentence for kept in sheet.confirmed)


def _context_rows(visits: Sequence[Visit], words: Words) -> Iterator[Sequence[Cell]]:
    """Return what was going on around each visit, and why one was amended."""
    told = {
        title: [str(getattr(v.facts.context, name)) for v in visits] for name, title in _CONTEXT
    }
    told[N_("Reason for the amendment")] = [visit.amend_reason for visit in visits]
    for title, values in told.items():
        if any(values):
            yield [(words(title), CELL_SOFT), *((value, CELL) for value in values)]
