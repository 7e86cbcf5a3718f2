"""The store as a whole: users, settings, summaries, copies after signing, closing."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from app.errors import AppError, Damage, UserError
from app.records.copies.keeper import NoCopies
from app.records.holding import Holding
from app.records.model import Role, VisitFacts
from app.records.store import Store
from app.settings import Paper, RelapseAsked, RelapseWording, Settings, TextSize, Theme
from scales.catalogue import Catalogue
from scales.model import Declined
from tests.records.workbench import Bench, day, key
from tests.roles import let_do_everything


def test_the_first_user_acts(reopen: Callable[..., Store]) -> None:
    """A store without users says so; the first one to be added acts, also after reopening."""
    store = reopen()
    with pytest.raises(UserError, match="no user yet"):
        _ = store.user
    ann = store.users.add(" Ann ", Role.NURSE)
    ben = store.users.add("Ben", Role.PHYSICIAN)
    assert store.user == ann
    assert store.users.all() == (ann, ben)
    store.close()
    assert reopen().user == ann


def test_the_named_user_acts(bench: Bench, reopen: Callable[..., Store]) -> None:
    """A store that is opened for a user writes in that user's name."""
    ben = bench.store.users.add("Ben", Role.KEEPER)
    bench.store.close()
    assert reopen(user_id=ben.id).user == ben


def test_a_user_has_a_name(bench: Bench) -> None:
    """A blank name is refused."""
    with pytest.raises(UserError, match="name"):
        bench.store.users.add(" ", Role.NURSE)


def test_settings_start_safe_and_are_kept(bench: Bench, reopen: Callable[..., Store]) -> None:
    """Before the first save every setting has its default; later they travel with the file."""
    assert bench.store.settings.load() == Settings()
    chosen = Settings(
        "Ward 3", "+49 1", "fever\nor new jerks", Paper.LETTER, Theme.DARK, TextSize.LARGEST, 60
    )
    let_do_everything(bench.store)
    told = bench.told()
    bench.store.settings.save(chosen)
    assert [one.tables for one in told] == [{"unit_settings", "user_settings"}]
    bench.store.close()
    assert reopen().settings.load() == chosen


def test_an_impossible_baseline_is_refused(bench: Bench) -> None:
    """The days before a start that count as baseline are not below zero."""
    with pytest.raises(UserError, match="number of days"):
        bench.store.settings.save(Settings(baseline_days=-1))
    assert bench.store.settings.load() == Settings()


def test_the_units_rule_is_kept_to_the_half_point(
    bench: Bench, reopen: Callable[..., Store]
) -> None:
    """Off until it is set; a number is stored in its shortest form."""
    assert bench.store.settings.load().relapse_points == 0
    let_do_everything(bench.store)
    chosen = Settings(
        relapse_points=Decimal("2.50"),
        relapse_scale="sara",
        relapse_asked=RelapseAsked.NEXT_TOTAL,
        relapse_wording=RelapseWording.ENCEPHALITIS,
    )
    bench.store.settings.save(chosen)
    assert bench.store.settings.load() == chosen
    assert str(bench.store.settings.load().relapse_points) == "2.5"
    bench.store.close()
    assert reopen().settings.load() == chosen


@pytest.mark.parametrize("points", ["-1", "100.5"])
def test_a_rule_of_impossible_points_is_refused(bench: Bench, points: str) -> None:
    """Nothing of it is stored."""
    with pytest.raises(UserError, match="number of points"):
        bench.store.settings.save(Settings(relapse_points=Decimal(points)))
    assert bench.store.settings.load() == Settings()


def test_a_summary_tells_the_last_visit_and_the_line(bench: Bench) -> None:
    """Totals come oldest first by the day of the visit, a missing one as none, scales in order."""
    patient = bench.patient()
    late = bench.signed(patient, "2025-05-01", value=1)
    bench.signed(patient, "2025-03", value=2)
    open_one = bench.draft(patient, "2025-04-01")
    bench.fill(open_one)
    bench.store.visits.answer(open_one.id, "five_feature", key("gait"), Declined())
    bench.store.visits.type_total(open_one.id, "sara", Decimal("3.5"))
    bench.store.visits.sign(open_one.id, "scored")
    (summary,) = bench.store.summaries()
    assert (summary.patient, summary.last_visit, summary.draft) == (patient, late.facts.date, None)
    five, sara = summary.totals
    assert (five.scale, sara.scale) == ("five_feature", "sara")
    assert five.totals == (
        (day("2025-03"), Decimal(10)),
        (day("2025-04-01"), None),
        (day("2025-05-01"), Decimal(5)),
    )
    assert sara.totals == ((day("2025-04-01"), Decimal("3.5")),)


def test_a_summary_shows_the_latest_totals(bench: Bench) -> None:
    """A long course is cut to its latest twelve totals."""
    patient = bench.patient()
    with bench.store.atomic():
        for number in range(1, 15):
            bench.signed(patient, f"2025-05-{number:02d}")
    (summary,) = bench.store.summaries()
    assert [str(when) for when, _ in summary.totals[0].totals] == [
        f"2025-05-{number:02d}" for number in range(3, 15)
    ]


def test_a_patient_without_a_visit_has_a_line_too(bench: Bench) -> None:
    """No visit yet: no last visit, no totals."""
    patient = bench.patient()
    (summary,) = bench.store.summaries()
    assert (summary.patient, summary.last_visit, summary.totals) == (patient, None, ())


def test_visits_come_in_series_order(bench: Bench) -> None:
    """First day, full dates before months before years, time with the empty first, visit id."""
    patient = bench.patient()
    written = [
        ("2025", "", "A"), ("2025-01", "", "B"), ("2025-01-01", "10:00", "C"),
        ("2025-01-01", "", "E"), ("2025-01-01", "", "D"), ("2024-12-31", "", "F"),
    ]  # fmt: skip
    for when, time, visit_id in written:
        draft = bench.store.visits.start(patient.id, day(when), time, visit_id)
        bench.fill(draft)
        bench.store.visits.sign(draft.id, "scored")
    visits = bench.store.record(patient.id).visits
    assert [visit.facts.visit_id for visit in visits] == ["F", "D", "E", "C", "B", "A"]


def test_a_visit_without_a_sheet_is_a_last_visit_too(bench: Bench) -> None:
    """An imported visit may have no scores: it has a date and no totals."""
    patient = bench.patient()
    bench.store.visits.add_imported(patient.id, VisitFacts("V1", day("2025")))
    (summary,) = bench.store.summaries()
    assert (summary.last_visit, summary.totals) == (day("2025"), ())


def test_a_scale_of_another_version_stays_readable(
    bench: Bench, reopen: Callable[..., Store]
) -> None:
    """A sheet whose scale is not in this version keeps its totals, after the known ones."""
    draft = bench.draft(bench.patient())
    bench.fill(draft, "oms")
    bench.fill(draft, "five_feature")
    visit = bench.store.visits.sign(draft.id, "scored")
    amended = bench.store.visits.amend(visit.id, "slip")
    bench.store.close()
    only = tuple(one for one in bench.catalogue.definitions if one.id == "five_feature")
    store = reopen(catalogue=Catalogue(only, ()))
    again = store.visits.get(visit.id)
    assert [(sheet.scale, sheet.total) for sheet in again.sheets] == [
        ("five_feature", Decimal(5)),
        ("oms", Decimal(6)),
    ]
    assert [line.scale for line in store.summaries()[0].totals] == ["five_feature", "oms"]
    assert store.visits.get(amended.id).sheets[1].total is None
    assert store.lines.drafts()[0].keys == 5


def _sign_and_fail(bench: Bench) -> None:
    bench.signed(bench.patient("P3"))
    raise ZeroDivisionError


def test_a_copy_is_asked_for_after_each_signature(
    bench: Bench, reopen: Callable[..., Store]
) -> None:
    """The copy is made once the signature is on disk, never inside a transaction."""
    bench.store.close()
    states: list[bool] = []
    opened: list[Store] = []

    def copy() -> None:
        states.append(opened[0]._database.conn.in_transaction)

    store = reopen()
    store.after_signing(copy)
    opened.append(store)
    again = Bench(store, bench.catalogue)
    visit = again.signed(again.patient())
    assert states == [False]
    amended = store.visits.amend(visit.id, "slip")
    with store.atomic():
        store.visits.sign(amended.id, "corrected")
        again.signed(again.patient("P2"))
        assert states == [False]
    assert states == [False, False]
    with pytest.raises(ZeroDivisionError), store.atomic():
        _sign_and_fail(again)
    again.patient("P4")
    assert states == [False, False]


class _FailingCopies(NoCopies):
    """Copies that fail as the test says."""

    def __init__(self, *troubles: AppError) -> None:
        self.troubles = list(troubles)

    def keep_up(self) -> None:
        """Fail, or not."""
        if self.troubles:
            raise self.troubles.pop(0)


class _Folder(Holding):
    """A folder with failing copies, which tells when it is let go."""

    def __init__(self, *troubles: AppError) -> None:
        super().__init__()
        self.copies = _FailingCopies(*troubles)
        self.let_go_count = 0

    def let_go(self) -> None:
        """Count it."""
        self.let_go_count += 1


def test_a_failing_copy_does_not_undo_a_signature(
    bench: Bench, reopen: Callable[..., Store]
) -> None:
    """The visit is signed; whoever has the copy made hears of the trouble, until one succeeds."""
    bench.store.close()
    folder = _Folder(UserError("no space for a copy"), Damage("torn"))
    again = Bench(reopen(holding=folder), bench.catalogue)
    patient = again.patient()
    for kind in (UserError, Damage):
        visit = again.signed(patient)
        with pytest.raises(kind):
            again.store.copy()
        assert again.store.visits.get(visit.id).signature is not None
    again.store.copy()


def test_closing_is_done_once_and_lets_go(bench: Bench, reopen: Callable[..., Store]) -> None:
    """The folder is let go after the file is closed; a second close does nothing."""
    bench.store.close()
    folder = _Folder()
    store = reopen(holding=folder)
    store.close()
    store.close()
    assert folder.let_go_count == 1


def test_a_date_that_every_record_needs_is_damage_when_gone(bench: Bench) -> None:
    """A visit without a date cannot be shown as if it had one."""
    visit = bench.draft(bench.patient())
    bench.raw("UPDATE visits SET date = ''")
    with pytest.raises(Damage, match="cannot be read"):
        bench.store.visits.get(visit.id)
