"""A cohort as the published ``cohort`` JSON."""

from app.exchange.json_text import Json, json_text
from app.trends.cohort import DAYS, Cohort
from app.trends.survival import Curve


def cohort_json(cohort: Cohort) -> str:
    """Return a cohort as JSON text; what too few patients would tell is null or empty."""
    return json_text(
        {
            "n": cohort.n,
            "days": list(DAYS),
            "at_risk": [each.observed for each in cohort.summaries],
            "median": [each.median for each in cohort.summaries],
            "q1": [each.q1 for each in cohort.summaries],
            "q3": [each.q3 for each in cohort.summaries],
            "time_to_zero": _curve(cohort.to_zero),
        }
    )


def _curve(curve: Curve) -> Json:
    return {
        "days": list(curve.days),
        "share": list(curve.share),
        "median_days": curve.median_days,
    }
