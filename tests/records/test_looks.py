"""Which look was the last one, and which next one is still awaited."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.dates import PartialDate
from app.records.looks import awaited, last_looks, last_of_each
from app.records.model import ClinicalFinding
from tests.courses import finding

DAYS = st.one_of(
    st.dates(date(2024, 1, 1), date(2025, 12, 31)).map(PartialDate.of),
    st.builds(PartialDate, st.integers(2024, 2025), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(2024, 2025)),
)


def _names(findings: tuple[ClinicalFinding, ...]) -> list[str]:
    return [f"{each.facts.name} {each.facts.date}" for each in findings]


def test_the_last_look_is_the_latest() -> None:
    """Of one day each stands, and so does one of a month in which that day lies."""
    early = finding("tumour", "2024-05-03", "MRI", "negative")
    late = finding("tumour", "2025-05-03", "MRI", "negative")
    same, month = (
        finding("tumour", "2025-05-03", "MIBG", "positive"),
        finding("tumour", "2025-05", "urine", "negative"),
    )
    assert _names(last_looks((early, late))) == ["MRI 2025-05-03"]
    told = ["MIBG 2025-05-03", "MRI 2025-05-03", "urine 2025-05"]
    assert sorted(_names(last_looks((early, late, same, month)))) == told
    assert last_looks(()) == ()


@given(st.lists(DAYS, min_size=1, max_size=6))
def test_what_is_left_out_was_surely_earlier(days: list[PartialDate]) -> None:
    """Another one that is told began after its period had ended; one is always told."""
    looks = [
        finding("tumour", str(day), f"{number}", "negative") for number, day in enumerate(days)
    ]
    last = last_looks(looks)
    assert last
    for each in looks:
        is_over = any(each.facts.date.last < other.facts.date.first for other in looks)
        assert (each in last) is not is_over


def test_each_kind_and_name_has_a_last_look_of_its_own() -> None:
    """Capitals and spaces make no other name."""
    looks = [
        finding("antibody", "2025-01-02", "anti-Hu", "negative"),
        finding("antibody", "2025-03-02", "Anti-HU ", "positive"),
        finding("antibody", "2025-02-02", "anti-Yo", "negative"),
        finding("csf", "2025-02-02", "anti-Hu", "negative"),
    ]
    assert sorted(_names(last_of_each(looks))) == [
        "Anti-HU  2025-03-02", "anti-Hu 2025-02-02", "anti-Yo 2025-02-02",
    ]  # fmt: skip


def test_a_next_look_is_awaited_until_it_has_been() -> None:
    """The one that is due first stands first; another way of looking does not make up for it."""
    looks = [
        finding("tumour", "2025-01-02", "MRI", "negative", next_date="2025-07-02"),
        finding("tumour", "2025-02-02", "MIBG", "negative"),
        finding("antibody", "2025-01-02", "anti-Hu", "negative", next_date="2025-04"),
    ]
    assert _names(awaited(looks)) == ["anti-Hu 2025-01-02", "MRI 2025-01-02"]
    looks.append(finding("tumour", "2025-03-01", "mri", "negative"))
    assert _names(awaited(looks)) == ["anti-Hu 2025-01-02"]
