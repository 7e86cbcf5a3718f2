"""A cohort as the screen shows it: choices, drawings, and what must stand beside them."""

from collections.abc import Iterable

from msgspec import Struct

from app.errors import N_
from app.language import Words
from app.records.cohort import Asked, Offer
from app.records.lists import code_list
from app.records.narrowing import Only
from app.trends.cohort import Cohort
from app.trends.cohort_figure import Fan, TimeTold, fan_of, times_of
from app.trends.cohort_words import (
    change_words,
    cohort_cautions,
    cohort_title,
    how_words,
    patients_words,
)
from scales.catalogue import Catalogue
from widgets.values import Choice

_NOBODY = N_("Nobody in these records has such a first start on a day that is known.")
_NOBODY_SUCH = N_("Nobody in these records fits what is asked for.")


class CohortChoices(Struct, frozen=True):
    """What can be asked for, and what is."""

    agents: tuple[Choice, ...]
    scales: tuple[Choice, ...]
    diagnoses: tuple[Choice, ...]
    agent: str
    scale: str
    only: Only


class CohortView(Struct, frozen=True):
    """A cohort, and what must stand beside it."""

    facts: str
    title: str
    how: str
    fan: Fan
    changes: str
    times: tuple[TimeTold, ...]
    cautions: tuple[str, ...]


def cohort_choices(
    offer: Offer, asked: Asked | None, catalogue: Catalogue, words: Words
) -> CohortChoices:
    """Return what these records can be asked for, the most frequent first, and what is asked."""
    known = {scale.id: scale.short_title for scale in catalogue.definitions}
    scales = (Choice(one, words(known[one])) for one in offer.scales if one in known)
    return CohortChoices(
        agents=tuple(_choices("agents", offer.agents, words)),
        scales=tuple(scales),
        diagnoses=tuple(_choices("diagnoses", offer.diagnoses, words)),
        agent="" if asked is None else asked.agent,
        scale="" if asked is None else asked.scale,
        only=Only() if asked is None else asked.only,
    )


def _choices(name: str, ids: Iterable[str], words: Words) -> Iterable[Choice]:
    return (Choice(one, words(code_list(name).title_of(one))) for one in ids)


def nobody_words(asked: Asked | None, words: Words) -> str:
    """Say that there is nobody to show."""
    return words(_NOBODY if asked is None or asked.only == Only() else _NOBODY_SUCH)


def cohort_view(cohort: Cohort, asked: Asked, catalogue: Catalogue, words: Words) -> CohortView:
    """Make the screen of a cohort."""
    patients = patients_words(cohort, words)
    return CohortView(
        facts=words.dotted((patients, words(N_("names stay here")))),
        title=cohort_title(asked, catalogue, words),
        how=how_words(cohort, asked, catalogue, words),
        fan=fan_of(cohort, asked, catalogue, words),
        changes=change_words(cohort, words),
        times=times_of(cohort, words),
        cautions=cohort_cautions(cohort, words),
    )
