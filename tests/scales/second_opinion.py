"""A second, independent scorer, written from the published tables and not from the scale files.

It shares nothing with the scorer under test: whole points and half points are counted in plain
integers, and the questions are plain conditions.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

Levels = dict[str, int]
"""Key texts such as ``gait`` or ``heel_shin.left``; a key that is absent has no level."""

_OMS = ("stance", "gait", "arm_hand", "opsoclonus", "mood", "speech")
_FIVE = ("opsoclonus", "myoclonus", "gait", "sleep", "irritability")
_LIMBS = ("finger_chase", "nose_finger", "fahm", "heel_shin")
_POSTURE = (
    "walking",
    "gait_speed",
    "standing",
    "feet_spread",
    "sway_open",
    "sway_shut",
    "sitting",
)
_BOTH_SIDES = (
    "heel_shin", "heel_knee_tremor", "finger_nose", "finger_nose_tremor", "finger_finger",
    "pronation",
)  # fmt: skip


def _sided(items: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{item}.{side}" for item in items for side in ("right", "left"))


_KINETIC = (*_sided(_BOTH_SIDES), "spiral")
_EYES = ("nystagmus", "pursuit", "saccade")

HIGHEST: dict[str, dict[str, int]] = {
    "five_feature": dict.fromkeys(_FIVE, 3),
    "oms": dict.fromkeys(_OMS, 3),
    "sara": {"gait": 8, "stance": 6, "sitting": 4, "speech": 6} | dict.fromkeys(_sided(_LIMBS), 4),
    "icars": {"walking": 8, "gait_speed": 4, "standing": 6}
    | dict.fromkeys(_POSTURE[3:], 4)
    | dict.fromkeys(_KINETIC, 4)
    | {"speech_fluency": 4, "speech_clarity": 4, "nystagmus": 3, "pursuit": 2, "saccade": 1},
}
"""The highest level of each key, in item order, right before left."""

_PARTS: dict[str, dict[str, tuple[str, ...]]] = {
    "five_feature": {"without_gait": ("opsoclonus", "myoclonus", "sleep", "irritability")},
    "oms": {"without_speech": _OMS[:5]},
    "sara": {
        "gait_posture": ("gait", "stance", "sitting"),
        "kinetic": _sided(_LIMBS),
        "speech": ("speech",),
    },
    "icars": {
        "posture_gait": _POSTURE,
        "kinetic": _KINETIC,
        "speech": ("speech_fluency", "speech_clarity"),
        "oculomotor": _EYES,
    },
}


@dataclass(frozen=True)
class Opinion:
    """What the second scorer says."""

    total: Fraction | None
    subscores: dict[str, Fraction | None]
    missing: tuple[str, ...]
    question_count: int
    is_refused: bool


def second_opinion(scale: str, levels: Levels) -> Opinion:
    """Score a sheet from the tables."""
    keys = tuple(HIGHEST[scale])
    return Opinion(
        total=_add(scale, levels, keys),
        subscores={name: _add(scale, levels, part) for name, part in _PARTS[scale].items()},
        missing=tuple(key for key in keys if key not in levels),
        question_count=_QUESTIONS[scale](levels),
        is_refused=scale == "icars"
        and levels.get("walking", 0) >= 4
        and levels.get("gait_speed", 4) != 4,
    )


def _add(scale: str, levels: Levels, keys: tuple[str, ...]) -> Fraction | None:
    if any(key not in levels for key in keys):
        return None
    halves = 0
    for key in keys:
        is_half = scale == "sara" and "." in key
        halves += levels[key] * (1 if is_half else 2)
    return Fraction(halves, 2)


def _ask_five(levels: Levels) -> int:
    return int(levels.get("gait") == 0 and levels.get("myoclonus") == 3)


def _ask_oms(levels: Levels) -> int:
    stance, gait = levels.get("stance", -1), levels.get("gait", 99)
    return int((stance == 2 and gait <= 1) or (stance == 3 and gait <= 2))


def _ask_sara(levels: Levels) -> int:
    gait, stance, sitting = (levels.get(key) for key in ("gait", "stance", "sitting"))
    asked = 0
    if gait is not None and stance is not None:
        asked += gait <= 2 and stance >= 5
        asked += gait == 8 and stance <= 2
    if sitting is not None and gait is not None:
        asked += sitting == 4 and gait <= 5
    if sitting is not None and stance is not None:
        asked += sitting >= 3 and stance <= 2
    return asked


def _ask_icars(levels: Levels) -> int:
    return int(levels.get("sitting") == 4 and levels.get("walking", 99) <= 4)


_QUESTIONS: dict[str, Callable[[Levels], int]] = {
    "five_feature": _ask_five,
    "oms": _ask_oms,
    "sara": _ask_sara,
    "icars": _ask_icars,
}
