"""Totals in words, and which items keep one away: in a sheet that is scored, and in the course."""

from collections.abc import Mapping
from decimal import Decimal

from app.errors import N_, NN_
from app.language import Words
from app.records.model import Sheet
from app.wording.answers import key_words
from scales.model import Answer, Answers, Declined, Definition, Key, Missing, NotTestable, Scored

NO_TOTAL = "\N{EN DASH}"
_FEW = 2
_WHY = {
    Missing.OPEN: N_("{item} not scored"),
    Missing.NOT_TESTABLE: N_("{item} not testable"),
    Missing.DECLINED: N_("{item} declined"),
}


def of_highest(total: Decimal, highest: Decimal, words: Words) -> str:
    """Return “4 of 15”."""
    values = {"total": words.number(total), "highest": words.number(highest)}
    return words(N_("{total} of {highest}"), **values)


def typed_words(total: Decimal, highest: Decimal, words: Words) -> str:
    """Return “9 of 18, typed from paper”."""
    values = {"total": words.number(total), "highest": words.number(highest)}
    return words(N_("{total} of {highest}, typed from paper"), **values)


def bare_total(total: Decimal, words: Words, *, is_typed: bool) -> str:
    """Return a total below a heading that names its scale: “9”, “9 (typed from paper)”."""
    number = words.number(total)
    return words(N_("{total} (typed from paper)"), total=number) if is_typed else number


def sheet_total(definition: Definition, sheet: Sheet, words: Words) -> str:
    """Return a sheet's total; empty where it has none."""
    if sheet.total is None:
        return ""
    told = typed_words if sheet.is_typed else of_highest
    return told(sheet.total, definition.highest, words)


def total_words(definition: Definition, sheet: Sheet, words: Words) -> str:
    """Return “4 of 15”, “9 of 18, typed from paper” or “no total: speech is open”."""
    total = sheet_total(definition, sheet, words)
    gaps = "" if total else gap_words(definition, sheet.answers, words)
    return total or words(N_("no total: {gaps}"), gaps=gaps)


def gap_words(definition: Definition, answers: Answers, words: Words) -> str:
    """Return which keys have no level yet and why; empty where each has one.

    Two open keys are named, more are counted; what was not testable or declined is named.
    """
    gaps = [key for key in definition.keys if not isinstance(answers.get(key), Scored)]
    open_keys = [key for key in gaps if key not in answers]
    parts = [_gap(definition, key, answers.get(key), words) for key in gaps if key in answers]
    if len(open_keys) > _FEW:
        parts.append(words.plural(NN_("{count} is open", "{count} are open"), len(open_keys)))
    else:
        parts += [_gap(definition, key, None, words) for key in open_keys]
    return words.several(parts)


def _gap(definition: Definition, key: Key, answer: Answer | None, words: Words) -> str:
    name = words.within_sentence(key_words(definition, key, words))
    match answer:
        case NotTestable():
            return words(_WHY[Missing.NOT_TESTABLE], item=name)
        case Declined():
            return words(_WHY[Missing.DECLINED], item=name)
        case _:
            return words(N_("{item} is open"), item=name)


def each_missing(
    definition: Definition, missing: tuple[Key, ...], reasons: Mapping[Key, Missing], words: Words
) -> tuple[str, ...]:
    """Return why each key of a closed sheet has no level: “Speech not testable”, in item order."""
    return tuple(
        words(_WHY[reasons.get(key, Missing.OPEN)], item=key_words(definition, key, words))
        for key in missing
    )


def missing_words(
    definition: Definition, missing: tuple[Key, ...], reasons: Mapping[Key, Missing], words: Words
) -> str:
    """Return in a few words why there is no total: “no total: Speech not testable”."""
    if not missing:
        return words(N_("no total"))
    if len(missing) == 1:
        told = each_missing(definition, missing, reasons, words)
        return words(N_("no total: {reason}"), reason=told[0])
    forms = NN_(
        "no total: {count} item without a level", "no total: {count} items without a level"
    )
    return words.plural(forms, len(missing))


def scored_count(definition: Definition, answers: Answers) -> int:
    """Count the keys that have an answer of any kind."""
    return sum(1 for key in definition.keys if key in answers)
