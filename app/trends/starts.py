"""Which treatment starts a course is told from, and how agents are named in its words."""

from collections.abc import Iterable

from app.language import Words
from app.records.codes import OTHER, agent
from app.records.model import Treatment
from app.trends.since import started

IMMUNE_ROLES = (
    "class_immunoglobulin",
    "class_b_cell",
    "class_steroid",
    "class_immunosuppressant",
)
"""The classes whose first start is marked, in the order in which one is told by default."""


def lane_key(treatment: Treatment) -> str:
    """Return what a treatment shares a lane by: its agent, or its note where that names it."""
    if treatment.facts.agent != OTHER:
        return treatment.facts.agent
    return f"{OTHER}:{treatment.facts.note.strip().casefold()}"


def agent_name(treatment: Treatment, words: Words) -> str:
    """Return the agent's short name; the note names what is not in the list."""
    if treatment.facts.agent == OTHER and treatment.facts.note.strip():
        return treatment.facts.note.strip()
    return words(agent(treatment.facts.agent).short)


def plain_name(treatment: Treatment, words: Words) -> str:
    """Return the agent's name in a family's words."""
    if treatment.facts.agent == OTHER and treatment.facts.note.strip():
        return treatment.facts.note.strip()
    return words(agent(treatment.facts.agent).plain)


def first_starts(treatments: Iterable[Treatment]) -> tuple[Treatment, ...]:
    """Return the first treatment of each agent that has a start, by start, then id."""
    firsts: dict[str, Treatment] = {}
    for treatment, _start in started(treatments):
        firsts.setdefault(lane_key(treatment), treatment)
    return tuple(firsts.values())


def immune_starts(treatments: Iterable[Treatment]) -> tuple[Treatment, ...]:
    """Return the first start of each agent that acts on the immune system, by start."""
    return tuple(
        each for each in first_starts(treatments) if agent(each.facts.agent).role in IMMUNE_ROLES
    )


def default_start(treatments: Iterable[Treatment]) -> Treatment | None:
    """Return the start that a course is told from unless another is chosen.

    The first immunoglobulin or exchange, else the first B-cell treatment, steroid,
    immunosuppressant, or whatever began first; ``None`` where no start is known.
    """
    firsts = first_starts(treatments)
    for role in IMMUNE_ROLES:
        found = [each for each in firsts if agent(each.facts.agent).role == role]
        if found:
            return found[0]
    return firsts[0] if firsts else None


def is_first(treatment: Treatment, treatments: Iterable[Treatment]) -> bool:
    """Whether no earlier start of the same agent is recorded."""
    return any(each.id == treatment.id for each in first_starts(treatments))
