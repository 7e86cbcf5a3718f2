"""The parts of a store that the list of patients does not need: loaded when first asked for."""

from functools import cached_property
from typing import TYPE_CHECKING

from app.records.holding import Holding
from app.records.session import Session

if TYPE_CHECKING:
    from app.records.cohort import Cohorts
    from app.records.copies.on_request import Copies
    from app.records.erasing import Erasing
    from app.records.events import Events, Measures, Sequelae
    from app.records.findings import Findings
    from app.records.history import History
    from app.records.treatments import Treatments
    from app.records.visits import Visits


class LaterParts:
    """The base of the store: each part is made once, and its module is read only then."""

    def __init__(self, session: Session, holding: Holding) -> None:
        self._session = session
        self._holding = holding

    @cached_property
    def visits(self) -> "Visits":
        """The visits, from the first tap to the signature and after."""
        from app.records.visits import Visits  # noqa: PLC0415 - seldom needed

        return Visits(self._session, self._tell_signed)

    @cached_property
    def treatments(self) -> "Treatments":
        """The treatments and their dose steps."""
        from app.records.treatments import Treatments  # noqa: PLC0415 - seldom needed

        return Treatments(self._session)

    @cached_property
    def events(self) -> "Events":
        """What happened: relapses, fevers, findings."""
        from app.records.events import Events  # noqa: PLC0415 - seldom needed

        return Events(self._session)

    @cached_property
    def measures(self) -> "Measures":
        """Weights, heights and other numbers."""
        from app.records.events import Measures  # noqa: PLC0415 - seldom needed

        return Measures(self._session)

    @cached_property
    def sequelae(self) -> "Sequelae":
        """What stayed behind."""
        from app.records.events import Sequelae  # noqa: PLC0415 - seldom needed

        return Sequelae(self._session)

    @cached_property
    def findings(self) -> "Findings":
        """What was looked for, and found or not."""
        from app.records.findings import Findings  # noqa: PLC0415 - seldom needed

        return Findings(self._session)

    @cached_property
    def erasing(self) -> "Erasing":
        """Erasing a patient whose records need be kept no longer."""
        from app.records.erasing import Erasing  # noqa: PLC0415 - seldom needed

        return Erasing(self._session, self._holding)

    @cached_property
    def history(self) -> "History":
        """What was done to the records, and who looked."""
        from app.records.history import History  # noqa: PLC0415 - seldom needed

        return History(self._session, self._holding)

    @cached_property
    def cohorts(self) -> "Cohorts":
        """Everybody's totals around the first start of an agent."""
        from app.records.cohort import Cohorts  # noqa: PLC0415 - seldom needed

        return Cohorts(self._session, self._holding)

    @cached_property
    def copies(self) -> "Copies":
        """The checked copies: made on demand, listed, and held against the records."""
        from app.records.copies.on_request import Copies  # noqa: PLC0415 - seldom needed

        return Copies(self._session, self._holding)

    def _tell_signed(self) -> None:
        """Be told that a visit was signed."""
        raise NotImplementedError
