"""What people do to the records, each under its own name; no word means two actions."""

from collections.abc import Callable
from enum import Enum, unique

from app.errors import N_
from app.records.model import Role

_NURSE, _PHYSICIAN, _KEEPER = (frozenset({role}) for role in Role)
_BEDSIDE = _NURSE | _PHYSICIAN
_ALL = _BEDSIDE | _KEEPER


@unique
class Action(Enum):
    """Something that a user does: its id in the journal, its title, the roles that may do it.

    ``is_undoable`` says that Undo at the bedside takes it back.
    """

    def __init__(self, code: str, title: str, roles: frozenset[Role], *undoable: bool) -> None:
        self.id = code
        self.title = title
        self.roles = roles
        self.is_undoable = any(undoable)

    @property
    def refusal(self) -> str:
        """Say who may do it, to somebody who may not."""
        return _REFUSALS[self.roles]

    ADD_USER = ("user.add", N_("Add a user"), _KEEPER)
    RENAME_USER = ("user.rename", N_("Rename a user"), _KEEPER)
    CHANGE_ROLES = ("user.roles", N_("Change a user's roles"), _KEEPER)
    GIVE_PASSPHRASE = ("user.passphrase", N_("Give a user a passphrase"), _KEEPER)
    RENEW_KEY = ("user.key", N_("Make a new key"), _KEEPER)
    RETIRE_USER = ("user.retire", N_("Retire a user"), _KEEPER)
    SET_THRESHOLDS = ("settings.thresholds", N_("Change the unit's thresholds"), _PHYSICIAN)
    SAVE_UNIT_SETTINGS = ("settings.unit", N_("Change the unit's settings"), _KEEPER)
    SAVE_OWN_SETTINGS = ("settings.own", N_("Change one's own settings"), _ALL)

    ADD_PATIENT = ("patient.add", N_("Add a patient"), _BEDSIDE)
    CHANGE_PATIENT = ("patient.change", N_("Correct a patient's facts"), _BEDSIDE)
    CONFIRM_DIAGNOSIS = ("patient.confirm", N_("Confirm the diagnosis"), _PHYSICIAN)
    CHANGE_CONFIRMED = (
        "patient.confirmed", N_("Change a confirmed diagnosis"), _PHYSICIAN,
    )  # fmt: skip
    SET_COURSE = ("patient.course", N_("Record the course"), _PHYSICIAN)
    PLAN_VISIT = ("patient.plan", N_("Set the next visit"), _BEDSIDE)
    CAUTION_PATIENT = ("patient.caution", N_("Label a patient's scores"), _KEEPER)
    MARK_PATIENT = ("patient.mark", N_("Mark a patient as entered in error"), _BEDSIDE)
    UNMARK_PATIENT = ("patient.unmark", N_("Take a patient's error mark back"), _BEDSIDE)
    ERASE_PATIENT = ("patient.erase", N_("Erase a patient"), _KEEPER)

    START_VISIT = ("visit.start", N_("Begin a visit"), _BEDSIDE)
    TAKE_OVER_VISIT = ("visit.take_over", N_("Go on with a visit of another station"), _BEDSIDE)
    DATE_VISIT = ("visit.date", N_("Date a visit anew"), _BEDSIDE)
    NOTE_CONTEXT = ("visit.context", N_("Note what was going on around a visit"), _BEDSIDE)
    MEASURE_IN_VISIT = ("visit.measure", N_("Count or measure at a visit"), _BEDSIDE)
    DISCARD_VISIT = ("visit.discard", N_("Discard an unfinished visit"), _BEDSIDE)
    SIGN_VISIT = ("visit.sign", N_("Sign a visit"), _BEDSIDE)
    AMEND_VISIT = ("visit.amend", N_("Amend a signed visit"), _BEDSIDE)
    AMEND_OTHERS_VISIT = (
        "visit.amend_other", N_("Amend a visit that somebody else signed"), _PHYSICIAN,
    )  # fmt: skip
    IMPORT = ("import", N_("Import tables"), _KEEPER)
    MARK_VISIT = ("visit.mark", N_("Mark a visit as entered in error"), _BEDSIDE)
    UNMARK_VISIT = ("visit.unmark", N_("Take a visit's error mark back"), _BEDSIDE)

    ANSWER = ("answer", N_("Score an item"), _BEDSIDE, True)
    ANSWER_OPEN = ("answer.open", N_("Give one reason to all open items"), _BEDSIDE, True)
    TYPE_TOTAL = ("total", N_("Type a total from paper"), _BEDSIDE, True)
    REMOVE_SHEET = ("sheet.remove", N_("Take a scale out of a visit"), _BEDSIDE, True)
    OPEN_SHEET = ("sheet.open", N_("Begin a scale"), _BEDSIDE)
    CONFIRM = ("question.confirm", N_("Keep the answers that a question names"), _BEDSIDE)
    FORGET_CONFIRMED = ("question.forget", N_("Forget the questions of a scale"), _BEDSIDE)
    UNDO = ("undo", N_("Undo"), _BEDSIDE)

    ADD_TREATMENT = ("treatment.add", N_("Add a treatment"), _BEDSIDE)
    CHANGE_TREATMENT = ("treatment.change", N_("Change a treatment"), _BEDSIDE)
    REMOVE_TREATMENT = ("treatment.remove", N_("Remove a treatment"), _BEDSIDE)
    ADD_DOSE = ("dose.add", N_("Add a dose step"), _BEDSIDE)
    GIVE_DOSE = ("dose.give", N_("Record a dose as given"), _BEDSIDE)
    ADD_EVENT = ("event.add", N_("Add an event"), _BEDSIDE)
    CHANGE_EVENT = ("event.change", N_("Change an event"), _BEDSIDE)
    REMOVE_EVENT = ("event.remove", N_("Remove an event"), _BEDSIDE)
    CONFIRM_RELAPSE = ("event.confirm", N_("Confirm a suspected relapse"), _PHYSICIAN)
    DISMISS_RELAPSE = ("event.dismiss", N_("Dismiss a suspected relapse"), _PHYSICIAN)
    ADD_JUDGED = ("event.judge", N_("Record a relapse or a remission"), _PHYSICIAN)
    CHANGE_JUDGED = (
        "event.judge_anew", N_("Change a relapse or a remission"), _PHYSICIAN,
    )  # fmt: skip
    REMOVE_JUDGED = (
        "event.unjudge", N_("Remove a relapse or a remission"), _PHYSICIAN,
    )  # fmt: skip
    ADD_MEASURE = ("measure.add", N_("Add a measure"), _BEDSIDE)
    CHANGE_MEASURE = ("measure.change", N_("Correct a measure"), _BEDSIDE)
    REMOVE_MEASURE = ("measure.remove", N_("Remove a measure"), _BEDSIDE)
    ADD_SEQUELA = ("sequela.add", N_("Add a lasting trouble"), _BEDSIDE)
    REMOVE_SEQUELA = ("sequela.remove", N_("Remove a lasting trouble"), _BEDSIDE)
    ADD_FINDING = ("finding.add", N_("Add a finding"), _BEDSIDE)
    CHANGE_FINDING = ("finding.change", N_("Change a finding"), _BEDSIDE)
    REMOVE_FINDING = ("finding.remove", N_("Remove a finding"), _BEDSIDE)

    RESTORE = ("copy.restore", N_("Put a copy back"), _KEEPER)
    GO_ON = ("copy.go_on", N_("Go on without what is missing"), _KEEPER)
    CHOOSE_SECOND_PLACE = ("copy.place", N_("Choose a second place for copies"), _KEEPER)
    CLEAN_COPY = ("copy.clean", N_("Take erased patients out of a copy"), _KEEPER)

    HEAR = ("hear", N_("Take in what other stations wrote"), _ALL)

    OPEN = ("seen.open", N_("Open the records"), _ALL)
    OPEN_PATIENT = ("seen.patient", N_("Open a patient"), _ALL)
    PRINT = ("seen.print", N_("Make a page"), _ALL)
    EXPORT = ("seen.export", N_("Export tables"), _KEEPER | _PHYSICIAN)
    EXPORT_COHORT = (
        "seen.cohort", N_("Export a cohort without names"), _KEEPER | _PHYSICIAN,
    )  # fmt: skip
    HAND_OVER = ("seen.hand_over", N_("Hand over a patient as a file"), _PHYSICIAN)


May = Callable[[Action], bool]
"""Whether whoever looks may do something, so that it is offered."""


def anything(_action: Action) -> bool:
    """Allow everything, where nobody in particular looks."""
    return True


_REFUSALS = {
    _KEEPER: N_("Only a keeper of the records does this. Please ask one."),
    _PHYSICIAN: N_("Only a physician does this. Please ask one."),
    _BEDSIDE: N_("Only a nurse or a physician does this. Please ask one."),
    _KEEPER | _PHYSICIAN: N_("Only a physician or a keeper of the records does this."),
    _ALL: "",
}
