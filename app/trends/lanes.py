"""Treatment lanes: one for each agent, its bars with dose steps, and its doses in words."""

from collections.abc import Sequence
from decimal import Decimal

from app.records.codes import agent
from app.records.model import DoseStep, Treatment
from app.trends.bars import EQUAL_HEIGHT, bars_of
from app.trends.doses import agree, lane_words
from app.trends.figure import Lane
from app.trends.paper import Paper
from app.trends.since import treatment_key
from app.trends.starts import IMMUNE_ROLES, agent_name, lane_key, plain_name

CLASS_ORDER = (*IMMUNE_ROLES, "class_tumour", "class_symptomatic", "class_diet")
"""The classes of agents in the order of their lanes, from the first below the scores down."""


def lanes_of(paper: Paper) -> tuple[Lane, ...]:
    """Return a lane for each agent: by class, then by first start; unknown starts come last."""
    groups: dict[str, list[Treatment]] = {}
    for treatment in sorted(paper.trend.record.treatments, key=treatment_key):
        groups.setdefault(lane_key(treatment), []).append(treatment)
    lanes = (_lane(key, group, paper) for key, group in groups.items())
    return tuple(sorted(lanes, key=_class_of))


def _class_of(lane: Lane) -> int:
    return CLASS_ORDER.index(lane.colour)


def _lane(key: str, treatments: Sequence[Treatment], paper: Paper) -> Lane:
    first, words = treatments[0], paper.words
    steps = [step for treatment in treatments for step in treatment.doses]
    heights = _heights(steps)
    return Lane(
        key=key,
        label=plain_name(first, words) if paper.is_simple else agent_name(first, words),
        colour=agent(first.facts.agent).role,
        bars=tuple(bar for each in treatments for bar in bars_of(each, heights, paper)),
        words="" if paper.is_simple else lane_words(steps, words),
    )


def _heights(steps: Sequence[DoseStep]) -> dict[str, float]:
    """Return each step's height; equal ones unless one unit and frequency hold for the lane."""
    highest = max((step.facts.dose for step in steps), default=Decimal(0))
    if not agree(steps) or highest == 0:
        return {step.id: EQUAL_HEIGHT for step in steps}
    return {step.id: float(step.facts.dose / highest) for step in steps}
