"""Findings in words: what was looked for, what was found, and when the next look is due.

That nothing was found is never told without the day and the way in which somebody looked.
"""

from datetime import date

from app.errors import N_
from app.language import Words
from app.records.lists import code_list
from app.records.looks import TUMOUR, awaited, last_looks
from app.records.model import ClinicalFinding, FindingFacts, PatientRecord
from app.wording.people import one_line

_TUMOUR = {
    "positive": N_("found"),
    "negative": N_("none found"),
    "uncertain": N_("uncertain whether there is one"),
}


def finding_title(finding: ClinicalFinding, words: Words) -> str:
    """Return what was looked for, and how: “Search for a tumour: MRI”."""
    kind = words(code_list("finding_kinds").title_of(finding.facts.kind))
    return words(N_("{kind}: {name}"), kind=kind, name=one_line(finding.facts.name))


def finding_words(finding: ClinicalFinding, record: PatientRecord, day: date, words: Words) -> str:
    """Return a whole finding on one line; a search for a tumour has its day and way within.

    “Antibody: anti-Hu · positive, 320 U/ml · next look due May 2027”, “Search for a tumour: last
    looked 3 May 2025 (MRI), none found”. Of several searches only the last is called the last.
    """
    facts = finding.facts
    told = (
        (_search_words(finding, record, words),)
        if facts.kind == TUMOUR
        else (finding_title(finding, words), result_words(facts, words))
    )
    due = next_look_words(finding, record, day, words)
    return words.dotted((*told, due, one_line(facts.note)))


def _search_words(finding: ClinicalFinding, record: PatientRecord, words: Words) -> str:
    is_last = finding in last_looks(_searches(record))
    text = N_("{kind}: last looked {look}") if is_last else N_("{kind}: looked {look}")
    kind = words(code_list("finding_kinds").title_of(finding.facts.kind))
    return words(text, kind=kind, look=_look_words(finding, words))


def _searches(record: PatientRecord) -> list[ClinicalFinding]:
    return [each for each in record.findings if each.facts.kind == TUMOUR]


def result_words(facts: FindingFacts, words: Words) -> str:
    """Return what was found: “positive, 320 U/ml”, “none found”."""
    result = _result(facts, words)
    if facts.value is None:
        return result
    value, unit = words.number(facts.value), one_line(facts.unit)
    text = words(N_("{value} {unit}"), value=value, unit=unit) if unit else value
    return words(N_("{result}, {value}"), result=result, value=text) if result else text


def _result(facts: FindingFacts, words: Words) -> str:
    if facts.kind == TUMOUR and facts.result in _TUMOUR:
        return words(_TUMOUR[facts.result])
    return words(code_list("finding_results").title_of(facts.result))


def next_look_words(
    finding: ClinicalFinding, record: PatientRecord, day: date, words: Words
) -> str:
    """Return when the next look is due, or was due; empty once it has been.

    Of a patient whom the unit does not see any more none is due.
    """
    when = finding.facts.next_date
    is_due = record.patient.facts.is_active and finding in awaited(record.findings)
    if when is None or not is_due:
        return ""
    text = N_("next look was due {date}") if when.last < day else N_("next look due {date}")
    return words(text, date=words.short_date(when))


def tumour_words(record: PatientRecord, day: date, words: Words) -> str:
    """Return when and how a tumour was last looked for; empty where nobody looked.

    “tumour: last looked 3 May 2025 (MRI), none found · next look due 3 Nov 2025”. Where several
    looks were the last, each is told.
    """
    looks = _searches(record)
    if not looks:
        return ""
    told = words.clauses([_look_words(each, words) for each in last_looks(looks)])
    due = (next_look_words(each, record, day, words) for each in awaited(looks))
    return words.dotted((words(N_("tumour: last looked {looks}"), looks=told), next(due, "")))


def _look_words(finding: ClinicalFinding, words: Words) -> str:
    return words(
        N_("{date} ({how}), {result}"),
        date=words.short_date(finding.facts.date),
        how=one_line(finding.facts.name),
        result=result_words(finding.facts, words),
    )
