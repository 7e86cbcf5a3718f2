"""The JSON of a course: every key, in order, exact numbers, absent things null."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from app.exchange.json_text import Json, json_text
from app.exchange.trend_json import trend_json
from app.trends.since import trend_of
from tests.courses import record, step, treatment, trend
from tests.exchange.tabledesk import Desk

ANSWER = "patient_id,visit_id,scale,item,value,reason\n"
SINCE_KEYS = [
    "treatment_id", "agent", "start", "precision", "baseline", "first_lower", "first_zero",
    "first_zero_day", "best", "last", "change_percent", "change_last_percent",
    "others_within_14_days", "others_order_unknown",
]  # fmt: skip
POINT_KEYS = [
    "visit_id", "date", "precision", "time", "total", "complete", "missing", "rater", "typed",
    "version",
]  # fmt: skip


def _text(desk: Desk, patient_id: str = "P1") -> str:
    found = desk.store.record(desk.store.patients.by_patient_id(patient_id).id)
    return trend_json(trend_of(found, desk.catalogue, date(2026, 6, 15)))


def _course(desk: Desk) -> dict[str, Any]:
    desk.read(
        patients="patient_id\nP1\n",
        visits="patient_id,visit_id,date,time,rater\n"
        "P1,V1,2026-01-05,09:30,Ann\nP1,V2,2026-01-10,,\nP1,V3,2026-02,,\n",
        answers=ANSWER + "P1,V1,oms,gait,2,\nP1,V1,oms,mood,declined,\n",
        totals="patient_id,visit_id,scale,scale_version,total\n"
        "P1,V1,sara,1,9.5\nP1,V2,sara,,9.0\nP1,V3,sara,,0\n",
        treatments="patient_id,treatment_id,agent,start,stop\n"
        "P1,T1,ivig,2026-01-05,2026-01-09\nP1,T2,trazodone,,\n",
        doses="patient_id,treatment_id,start,dose,unit\nP1,T1,2026-01-05,0.40,g/kg\n",
        events="patient_id,date,stop,kind,author,note\n"
        "P1,2026-01,,fever,,\nP1,2026-02-01,2026-02-03,hospital,Ann,“ward” 7\n",
    )
    found: dict[str, Any] = json.loads(_text(desk), parse_float=Decimal)
    return found


def test_a_patient_without_anything_has_empty_lists(desk: Desk) -> None:
    """Nothing is left out."""
    desk.read(patients="patient_id\nP1\n")
    assert json.loads(_text(desk)) == {
        "patient_id": "P1",
        "as_of": "2026-06-15",
        "scales": {},
        "treatments": [],
        "events": [],
    }


def test_points_tell_where_a_number_comes_from(desk: Desk) -> None:
    """All keys in order, each with its own version; an empty time or rater is null."""
    points = _course(desk)["scales"]["sara"]["points"]
    assert list(points[0]) == POINT_KEYS
    assert list(points[0].values()) == [
        "V1", "2026-01-05", "day", "09:30", Decimal("9.5"), True, [], "Ann", True, "1",
    ]  # fmt: skip
    assert (points[1]["time"], points[1]["rater"]) == (None, None)
    assert points[2]["precision"] == "month"
    assert [point["version"] for point in points] == ["1", "2", "2"]


def test_a_sheet_without_a_total_says_what_is_missing(desk: Desk) -> None:
    """Keys in item order, for the scale and for its subscore."""
    scales = _course(desk)["scales"]
    assert list(scales) == ["oms", "oms.without_speech", "sara"]
    (point,) = scales["oms"]["points"]
    assert (point["total"], point["complete"]) == (None, False)
    assert point["missing"] == ["stance", "arm_hand", "opsoclonus", "mood", "speech"]


def test_since_tells_what_happened(desk: Desk) -> None:
    """Every key in order, for each treatment with a start; days only between full dates."""
    since = _course(desk)["scales"]["sara"]["since"]
    assert [list(each) for each in since] == [SINCE_KEYS]
    assert since[0] == {
        "treatment_id": "T1",
        "agent": "ivig",
        "start": "2026-01-05",
        "precision": "day",
        "baseline": {"visit_id": "V1", "date": "2026-01-05", "total": Decimal("9.5")},
        "first_lower": {"date": "2026-01-10", "day": 5, "total": 9},
        "first_zero": {"date": "2026-02", "day": None},
        "first_zero_day": None,
        "best": {"date": "2026-02", "day": None, "total": 0},
        "last": {"date": "2026-02", "day": None, "total": 0},
        "change_percent": -100,
        "change_last_percent": -100,
        "others_within_14_days": [],
        "others_order_unknown": ["T2"],
    }


def test_a_start_that_nothing_followed_is_all_null(desk: Desk) -> None:
    """The keys are there all the same."""
    since = _course(desk)["scales"]["oms"]["since"][0]
    names = ("baseline", "first_lower", "first_zero", "first_zero_day", "best", "change_percent")
    assert [since[name] for name in names] == [None] * 6


def test_treatments_and_events_are_told(desk: Desk) -> None:
    """Unknown dates, authors and rhythms are null."""
    told = _course(desk)
    assert told["treatments"] == [
        {
            "treatment_id": "T1",
            "agent": "ivig",
            "start": "2026-01-05",
            "precision": "day",
            "stop": "2026-01-09",
            "planned": False,
            "doses": [
                {
                    "start": "2026-01-05",
                    "stop": None,
                    "dose": Decimal("0.4"),
                    "unit": "g/kg",
                    "frequency": None,
                    "planned": False,
                }
            ],
        },
        {
            "treatment_id": "T2",
            "agent": "trazodone",
            "start": None,
            "precision": "unknown",
            "stop": None,
            "planned": False,
            "doses": [],
        },
    ]
    assert [list(each.values()) for each in told["events"]] == [
        ["2026-01", "month", None, "fever", None, None],
        ["2026-02-01", "day", "2026-02-03", "hospital", "Ann", "“ward” 7"],
    ]


def test_no_dose_is_told_after_the_stop_of_its_treatment() -> None:
    """An older record may still hold one."""
    late = [step("20", "mg", "daily", "2024-01-01"), step("10", "mg", "daily", "2024-04-01")]
    given = treatment("a", "prednisolone", "2024-01-01", "2024-03-01", *late)
    (told,) = json.loads(trend_json(trend(record([], [given]))))["treatments"]
    assert [dose["start"] for dose in told["doses"]] == ["2024-01-01"]


def test_numbers_are_in_their_shortest_form(desk: Desk) -> None:
    """9 and never 9.0; letters as they are; one line break at the end."""
    _course(desk)
    text = _text(desk)
    assert '"total": 9,' in text
    assert '"dose": 0.4,' in text
    assert "“ward” 7" in text
    assert text.endswith("}\n")


def test_json_writes_decimals_exactly() -> None:
    """No exponent, no trailing zero, no float on the way."""
    values: list[Json] = [
        Decimal("1E+1"),
        Decimal("9.50"),
        Decimal("0.1"),
        Decimal("-0"),
        3,
        True,
        None,
    ]
    assert json_text(values).split() == [
        "[",
        "10,",
        "9.5,",
        "0.1,",
        "0,",
        "3,",
        "true,",
        "null",
        "]",
    ]
