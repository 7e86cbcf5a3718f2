"""The yardstick for a cohort: a plain file read by pandas, and the same medians and quartiles.

Written as its guide says: one question a table, dates and numbers turned column by column, and one
group for each day. No curve, no relapse, no baseline and no short date, so ours does more.
"""

import json
import sqlite3
import sys

import pandas as pd

from app.trends.cohort import DAYS, WINDOW
from tests.bench.many_totals import AGENT, SCALE

_TOTALS = (
    "SELECT v.patient, v.date, v.time, v.visit_id, s.total FROM visits AS v "
    "JOIN sheets AS s ON s.visit = v.id "
    "WHERE s.scale = ? AND s.total IS NOT NULL AND v.state <> 'draft'"
)
_STARTS = "SELECT patient, min(start) AS start FROM treatments WHERE agent = ? GROUP BY patient"


def main(file: str) -> None:
    """Print median, lower and upper quartile at each day."""
    plain = sqlite3.connect(file)
    totals = pd.read_sql(_TOTALS, plain, params=[SCALE])
    totals = totals.merge(pd.read_sql(_STARTS, plain, params=[AGENT]), on="patient")
    totals["total"] = pd.to_numeric(totals["total"])
    days = pd.to_datetime(totals["date"]) - pd.to_datetime(totals["start"])
    totals["day"] = days.dt.days
    totals = totals.sort_values(["patient", "day", "time", "visit_id"])
    json.dump([_quartiles(totals, day) for day in DAYS], sys.stdout)


def _quartiles(totals: pd.DataFrame, day: int) -> list[float]:
    within = totals[totals["day"].between(day - WINDOW, day)]
    last = within.groupby("patient")["total"].last()
    return [] if last.empty else last.quantile([0.5, 0.25, 0.75]).tolist()


if __name__ == "__main__":
    main(sys.argv[1])
