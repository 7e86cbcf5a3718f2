"""The head, the kinds of page and the buttons beside the preview, as frozen values."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from app.errors import N_
from app.language import Words
from app.records.actions import Action, May, anything
from app.records.doses import is_ahead
from app.records.model import PatientRecord, Treatment
from app.reports.making import PageKind
from app.screens.identity import Identity, identity
from app.settings import Paper, Settings


class ReportsView(Struct, frozen=True):
    """The choices of the screen. ``notice`` is a sentence about what stands on the page.

    ``has_planned`` offers to print what is planned: a family's page leaves it out otherwise.
    ``has_page`` is false where no page may be made: the patient is marked entered in error.
    ``can_hand_over`` offers the patient's tables to whoever may take them out.
    """

    identity: Identity
    kind: PageKind
    paper: Paper
    notice: str
    has_next_visit: bool
    has_planned: bool
    has_page: bool
    can_hand_over: bool = False


def reports_view(
    record: PatientRecord,
    settings: Settings,
    words: Words,
    today: date,
    kind: PageKind,
    may: May = anything,
) -> ReportsView:
    """Make the screen for one kind of page."""
    return ReportsView(
        identity=identity(record.patient.facts, words, today, has_namesake=record.has_namesake),
        kind=kind,
        paper=settings.paper,
        notice=_notice(record, settings, words, kind),
        has_next_visit=kind is PageKind.FAMILY,
        has_planned=kind is PageKind.FAMILY and _has_planned(record.treatments, today),
        has_page=record.patient.error_reason is None,
        can_hand_over=record.patient.error_reason is None and may(Action.HAND_OVER),
    )


def _has_planned(treatments: Iterable[Treatment], today: date) -> bool:
    """Whether a treatment, or the stop of one that runs, lies ahead: what the page would tell."""
    dates = (when for each in treatments for when in (each.facts.start, each.facts.stop))
    return any(is_ahead(when, today) for when in dates)


def suggested_name(patient_id: str, kind: PageKind, today: date) -> str:
    """Return a file name that holds the identifier but no name of a person."""
    return f"{safe_name(patient_id)}-{kind}-{today.isoformat()}.pdf"


def safe_name(patient_id: str) -> str:
    """Return an identifier without what the name of a file cannot hold."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in patient_id)


def _notice(record: PatientRecord, settings: Settings, words: Words, kind: PageKind) -> str:
    if record.patient.error_reason is not None:
        return words(N_("This patient is marked as entered in error, so there is no page."))
    if record.patient.facts.has_died and kind is PageKind.FAMILY:
        told = N_("This patient has died. Please read the page before it is given to the family.")
        return words(told)
    if not record.visits:
        return words(N_("No visit has been signed yet, so the page has no scores."))
    if record.draft is not None:
        return words(N_("The unfinished visit is not on the page: only signed visits are."))
    if kind is PageKind.FAMILY and not settings.call_us:
        return words(
            N_(
                "The page has a line to write on under “Please call us if”. "
                "Your unit's own words can be set in Settings."
            )
        )
    return ""
