"""Full copy and tail together are the records, whatever was done to them before and since."""

import random
from contextlib import suppress
from decimal import Decimal

import pytest

from app.errors import UserError
from app.records.actions import Action
from app.records.copies.backup import copies, is_copied
from app.records.model import (
    DoseFacts,
    EventFacts,
    FindingFacts,
    MeasureFacts,
    Role,
    SequelaFacts,
    TreatmentFacts,
)
from tests.builders import replace
from tests.records.copies.ward import Ward, everything
from tests.records.histories import SCALES, History
from tests.records.workbench import KEY, day


class Story(History):
    """What people do at random, with treatments, events, weights, settings and looks besides."""

    def more(self) -> None:
        """Do one thing of the other kinds."""
        who = self.random.choice(self.store.patients.all() or self.store.patients.marked())
        deeds = (
            self.treat, self.treat, self.note, self.weigh, self.lasting, self.around, self.undo,
            self.set, self.look, self.hire,
        )  # fmt: skip
        with suppress(UserError):
            self.random.choice(deeds)(who.id)

    def treat(self, who: str) -> None:
        """Add a treatment, or remove one."""
        self.count += 1
        facts = TreatmentFacts(treatment_id=f"T{self.count}", agent="prednisolone")
        made = self.store.treatments.add(who, facts)
        for dose in range(self.random.randrange(3)):
            told = DoseFacts(start=day(f"2025-0{1 + dose}-01"), dose=Decimal(5 - dose), unit="mg")
            self.store.treatments.add_dose(made.id, told)
        if self.random.random() < 0.3:
            self.store.treatments.remove(made.id)

    def note(self, who: str) -> None:
        """Add an event, or remove one."""
        self.count += 1
        when = day(f"2025-{1 + self.count % 5:02d}-{1 + self.random.randrange(28):02d}")
        made = self.store.events.add(who, EventFacts(date=when, kind="fever"))
        if self.random.random() < 0.3:
            self.store.events.remove(made.id)

    def weigh(self, who: str) -> None:
        """Weigh a child."""
        self.count += 1
        when = day(f"2024-{1 + self.count % 12:02d}-{1 + self.random.randrange(28):02d}")
        self.store.measures.add(
            who, MeasureFacts(date=when, kind="weight_kg", value=Decimal(10 + self.count % 40))
        )

    def lasting(self, who: str) -> None:
        """Say what stayed behind, or take it out."""
        self.count += 1
        when = day(f"2025-0{1 + self.count % 5}-{1 + self.random.randrange(28):02d}")
        facts = SequelaFacts(date=when, kind="motor", state="yes")
        made = self.store.sequelae.add(who, facts)
        if self.random.random() < 0.3:
            self.store.sequelae.remove(made.id)
        look = FindingFacts(date=when, kind="tumour", name=f"{self.count}", result="negative")
        found, step = self.store.findings.add(who, look)
        if self.random.random() < 0.3:
            self.store.findings.take_back(found.id, step)

    def around(self, who: str) -> None:
        """Write around a draft: its weight, a total from paper, its time; or take a sheet out."""
        draft = self.store.record(who).draft
        if draft is not None:
            visits, number = self.store.visits, Decimal(10 + self.random.randrange(9))
            self.store.measures.set_for_visit(draft.id, "weight_kg", number)
            visits.type_total(draft.id, "sara", number)
            visits.set_when(draft.id, draft.facts.date, "10:15")
            if self.random.random() < 0.5:
                visits.remove_sheet(draft.id, self.random.choice(SCALES))

    def undo(self, who: str) -> None:
        """Take the last steps of a draft back."""
        draft = self.store.record(who).draft
        if draft is not None:
            for _ in range(self.random.randrange(3)):
                self.store.visits.undo(draft.id)

    def hire(self, _who: str) -> None:
        """Add a user, or call one otherwise."""
        self.count += 1
        if self.random.random() < 0.5:
            self.store.users.add(f"Bea {self.count}", Role.NURSE)
        else:
            self.store.users.rename(self.store.user.id, f"Ann {self.count}")

    def set(self, _who: str) -> None:
        """Change a setting of the unit, or a user's."""
        settings = self.store.settings.load()
        self.store.settings.save(replace(settings, site=f"Ward {self.random.randrange(9)}"))

    def look(self, who: str) -> None:
        """Look at a patient."""
        self.store.seen.note(Action.OPEN_PATIENT, who)


@pytest.mark.parametrize("seed", range(12))
def test_a_fetched_copy_is_the_records_after_any_history(ward: Ward, seed: int) -> None:
    """Every row of every table is the same: journal, rows, lines, stations, what was seen."""
    story, chance = Story(ward.bench, seed), random.Random(seed)  # noqa: S311 - a story
    full_at = {chance.randrange(20) for _ in range(chance.randrange(3))}
    for number in range(20):
        for _ in range(chance.randrange(1, 5)):
            story.act()
            story.more()
            story.more()
        if chance.random() < 0.1:
            # Another station goes on in the file.
            story.bench.raw("DELETE FROM this_station")
            story.go_on_with(ward.open())
        copy = ward.copy_in_full() if number in full_at else ward.keep_up()
        assert is_copied(ward.folder, KEY)
        if number % 7 == 0 or number == 19:
            assert ward.fetched(copy) == everything(ward.folder)
    assert ward.damaged() == ()
    assert len(copies(ward.folder)) <= 1 + len(full_at)
    assert {one.kind for one in story.store.check() if one.count} <= {"waiting"}
