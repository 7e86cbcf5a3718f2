"""Every item of the last three visits, side by side, with what each visit says of itself."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

from app.errors import N_
from app.language import Words
from app.records.model import Sheet, Visit, VisitState
from app.reports.content import PageContent, heading
from app.reports.typeset import CELL, CELL_BOLD, CELL_SOFT, SOFT, TextCell
from app.wording.answers import answer_words, beside
from app.wording.people import rater_words, shortened
from app.wording.totals import each_missing, of_highest, sheet_total
from app.wording.visits import context_words
from scales.model import Definition, Item, Subscore

SHOWN = 3
_TITLES = {
    1: N_("Items of the last visit"),
    2: N_("Items of the last two visits"),
    3: N_("Items of the last three visits"),
}
_ITEM_SHARE = 0.31
_LONGEST_RATER = 60


def last_visits(content: PageContent) -> Iterator[Flowable]:
    """Return one table of the last visits' sheets, a column for each visit."""
    visits = content.visits[-SHOWN:]
    if not visits:
        return
    yield from heading(content, _TITLES[len(visits)])
    if len(content.visits) > SHOWN:
        text = N_("The record holds {count} signed visits; each total stands in the figure.")
        words = content.words(text, count=len(content.visits))
        yield content.typesetter.text(words, SOFT, content.width)
    first = content.width * _ITEM_SHARE
    widths = [first, *[(content.width - first) / len(visits)] * len(visits)]
    rows: list[Sequence[TextCell | Flowable]] = [_visit_row(visits, content.words)]
    rules = [content.typesetter.rule(0, 0)]
    for definition in content.catalogue.definitions:
        sheets = [visit.sheet(definition.id) for visit in visits]
        if any(sheet is not None for sheet in sheets):
            rules.append(("SPAN", (0, len(rows)), (-1, len(rows))))
            rows.append([_scale_title(content, definition), *[("", CELL)] * len(sheets)])
            rows += _scale_rows(definition, sheets, content.words)
            rules.append(content.typesetter.rule(len(rows) - 1, len(rows) - 1))
    rows += _context_rows(visits, content.words)
    yield content.typesetter.table(rows, widths, rules, repeat=1)


def _visit_row(visits: Sequence[Visit], words: Words) -> Sequence[TextCell]:
    return [("", CELL_SOFT), *((_visit_words(visit, words), CELL_BOLD) for visit in visits)]


def _visit_words(visit: Visit, words: Words) -> str:
    rater = shortened(rater_words(visit.facts.rater, words), _LONGEST_RATER)
    lines = [words.at(visit.facts.date, visit.facts.time), rater]
    if visit.state is VisitState.IMPORTED:
        lines.append(words(N_("Imported")))
    if visit.version > 1:
        text = N_("Amended, version {version}")
        lines.append(words(text, version=visit.version))
    return "\n".join(lines)


def _scale_title(content: PageContent, definition: Definition) -> Flowable:
    caution = content.words(definition.caution)
    return content.typesetter.pieces((content.words(definition.title), CELL_BOLD), (caution, SOFT))


def _scale_rows(
    definition: Definition, sheets: Sequence[Sheet | None], words: Words
) -> Iterator[Sequence[TextCell]]:
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
    right, *left = (
        beside(key.side, answer_words(sheet.answers.get(key), words), words) for key in item.keys
    )
    return words(N_("{right} / {left}"), right=right, left=left[0]) if left else right


def _subscore_rows(
    definition: Definition, sheets: Sequence[Sheet | None], words: Words
) -> Iterator[Sequence[TextCell]]:
    for subscore in definition.subscores:
        cells = [(_subscore_words(subscore, sheet, words), CELL_SOFT) for sheet in sheets]
        if any(text for text, _ in cells):
            yield [(words(subscore.title), CELL_SOFT), *cells]


def _subscore_words(subscore: Subscore, sheet: Sheet | None, words: Words) -> str:
    value = sheet.subscores.get(subscore.id) if sheet is not None else None
    return "" if value is None else of_highest(value, subscore.highest, words)


def _total_words(definition: Definition, sheet: Sheet | None, words: Words) -> str:
    if sheet is None:
        return words(N_("not done at this visit"))
    if sheet.total is None:
        reasons = each_missing(definition, sheet.missing, sheet.reasons, words)
        return words(N_("no total: {reasons}"), reasons=words.several(reasons))
    return sheet_total(definition, sheet, words)


def _kept_words(sheet: Sheet | None) -> str:
    return "" if sheet is None else "\n".join(kept.sentence for kept in sheet.confirmed)


def _context_rows(visits: Sequence[Visit], words: Words) -> Iterator[Sequence[TextCell]]:
    """Return what was going on around each visit, and why one was amended."""
    columns = [context_words(visit.facts.context, words) for visit in visits]
    rows = [
        (column[0][0], [value for _, value in column]) for column in zip(*columns, strict=True)
    ]
    rows.append((words(N_("Note")), [visit.facts.context.note for visit in visits]))
    rows.append((words(N_("Reason for the amendment")), [visit.amend_reason for visit in visits]))
    for title, values in rows:
        if any(values):
            yield [(title, CELL_SOFT), *((value, CELL) for value in values)]
