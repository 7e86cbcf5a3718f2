"""What the screen says in words is what the command line tells in numbers."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from app.exchange.trend_json import trend_json
from app.language import words
from app.records.model import PatientRecord
from app.screens.chart.view import Chosen, chart_view
from app.trends.since import default_start
from tests.courses import CATALOGUE, child, published_case, trend, whole_record

COURSES = {"child": child(), "published case": published_case(), "whole": whole_record()}


def _told_since(record: PatientRecord, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each start by its internal id, with what the command line tells since then."""
    told = json.loads(trend_json(trend(record)))
    ids = {each.facts.treatment_id: each.id for each in record.treatments}
    for since in told["scales"][key]["since"]:
        yield ids[since["treatment_id"]], since


@pytest.mark.parametrize("name", COURSES)
def test_the_answers_say_the_numbers_of_the_command(name: str) -> None:
    """Before, best and last since every start, of every scale, with the days of both."""
    record, seen = COURSES[name], 0
    course = trend(record)
    for series in course.series:
        for start, since in _told_since(record, series.key):
            view = chart_view(course, CATALOGUE, words(), Chosen(key=series.key, start=start))
            assert view.answers is not None
            assert view.answers.since is not None
            before, best, last = (since[part] for part in ("baseline", "best", "last"))
            if best is None or last is None:
                continue
            numbers = [part["total"] for part in (before, best, last) if part is not None]
            if best["date"] == last["date"]:
                numbers.pop()
            found = re.findall(r"\d+(?:\.\d+)?", view.answers.since.first)
            assert [float(each) for each in found] == [float(each) for each in numbers]
            days = {part["day"] for part in (best, last) if part["day"] is not None}
            said = view.answers.since.brief
            assert all(f"day {day}" in said for day in days), (said, days)
            seen += 1
    assert seen


@pytest.mark.parametrize("name", COURSES)
def test_the_last_visit_says_the_last_point_of_the_command(name: str) -> None:
    """Its total and its day, for the series that is told first."""
    record = COURSES[name]
    course = trend(record)
    view = chart_view(course, CATALOGUE, words(), Chosen())
    points = json.loads(trend_json(course))["scales"][view.key]["points"]
    scored = [point for point in points if point["total"] is not None]
    assert view.answers is not None
    last_visit = record.visits[-1].facts.visit_id
    if scored[-1]["visit_id"] == last_visit:
        found = re.findall(r"\d+(?:\.\d+)?", view.answers.now.first)
        assert [float(each) for each in found] == [float(scored[-1]["total"])]
    start = default_start(course.begun)
    assert view.start == ("" if start is None else start.id)
