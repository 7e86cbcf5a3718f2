"""The code lists: the ids that are published, words for each entry, codings as found, limits."""

import csv
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.extract import extract as babel_extract

from app.errors import UserError
from app.palette import ROLES as PALETTE_ROLES
from app.paths import DEMO, LISTS
from app.records.list_files import load_list
from app.records.lists import OTHER, Entry, code_list
from app.records.model import Role

PUBLISHED = {
    "sexes": "female male other unknown",
    "roles": " ".join(Role),
    "diagnoses": (
        "oms_neuroblastoma oms_parainfectious oms_paraneoplastic_adult oms_idiopathic "
        "gluten_ataxia postinfectious_cerebellitis paraneoplastic_cerebellar_degeneration "
        "anti_gad_ataxia paca miller_fisher steroid_responsive_anti_thyroid other"
    ),
    "courses": "monophasic chronic_relapsing undetermined",
    "agent_classes": (
        "class_steroid class_immunoglobulin class_immunosuppressant class_b_cell "
        "class_symptomatic class_tumour class_diet"
    ),
    "agents": (
        "prednisolone prednisone dexamethasone methylprednisolone corticotropin tetracosactide "
        "ivig scig plasma_exchange cyclophosphamide azathioprine mycophenolate methotrexate "
        "mercaptopurine rituximab ofatumumab tacrolimus ciclosporin tocilizumab clonazepam "
        "trazodone piracetam melatonin levetiracetam valproate gluten_free_diet "
        "tumour_resection chemotherapy other"
    ),
    "routes": "oral intravenous subcutaneous intramuscular rectal nasal",
    "units": ("mg g micrograms mg/kg g/kg micrograms/kg mg/m2 g/m2 units units/m2 session other"),
    "frequencies": (
        "once daily twice_daily three_times_daily alternate_days weekly every_2_weeks "
        "every_3_weeks every_4_weeks monthly other"
    ),
    "event_kinds": (
        "relapse suspected_relapse dismissed_relapse remission infection fever surgery tumour "
        "vaccination hospital other report side_effect"
    ),
    "measure_kinds": (
        "weight_kg height_cm sleep_hours night_wakings rages_per_day csf_b_cells_percent "
        "walk_8m_s pegboard_right_s pegboard_left_s pata_10s bp_systolic bp_diastolic igg_g_l "
        "blood_b_cells_per_ul"
    ),
    "patient_statuses": "active transferred discharged died",
    "sequela_kinds": "motor behavioural cognitive speech sleep",
    "finding_kinds": "antibody csf tumour imaging development",
    "finding_results": "positive negative uncertain",
    "sequela_states": "yes no not_assessed",
    "reasons": (
        "asleep too_unwell does_not_cooperate eyes_shut never_walked never_stood "
        "never_talked language_not_shared kept_in_bed arm_held_still "
        "leg_held_still cannot_hold_pen does_not_follow_task nights_not_known days_not_known"
    ),
    "slept": "as_usual less_than_usual hardly",
    "ill": "neither fever infection both",
    "missed_dose": "none yes not_known",
    "cooperation": "good fair poor",
    "dose_per": "dose day",
    "dose_given": "as_planned",
    "confirmed": "yes",
    "stop_reasons": "completed no_effect side_effect family_wish supply other",
}
WITHOUT_DOSE = {"gluten_free_diet", "tumour_resection", "chemotherapy", "other"}

# clinical facts, section 8, written again by hand; "?" stands before a code not yet verified.
_OMS = (
    "ORPHA 1183 | ICD-10 G25.3 | ICD-11 9C85.02 | UMLS C0393626 | MeSH D053578 | GARD 10009 "
    "| MedDRA 10053854 | ?SNOMED 230350000 | ?ICD-10-CM H55.89"
)
CODINGS = {
    "diagnoses": {
        "oms_neuroblastoma": _OMS,
        "oms_parainfectious": _OMS,
        "oms_paraneoplastic_adult": _OMS,
        "oms_idiopathic": _OMS,
        "paraneoplastic_cerebellar_degeneration": "ORPHA 623626",
        "miller_fisher": "ORPHA 98919 | ICD-10 G61.0",
    },
    "agents": {
        "prednisolone": "ATC H02AB06 | RxNorm 8638",
        "prednisone": "ATC H02AB07 | RxNorm 8640",
        "dexamethasone": "ATC H02AB02 | RxNorm 3264",
        "methylprednisolone": "ATC H02AB04 | RxNorm 6902",
        "corticotropin": "ATC H01AA01",
        "tetracosactide": "ATC H01AA02",
        "ivig": "ATC J06BA02",
        "scig": "ATC J06BA01",
        "plasma_exchange": "?SNOMED 20720000",
        "cyclophosphamide": "ATC L01AA01 | RxNorm 3002",
        "azathioprine": "ATC L04AX01 | RxNorm 1256",
        "mycophenolate": "ATC L04AA06",
        "methotrexate": "ATC L04AX03 | RxNorm 6851",
        "mercaptopurine": "ATC L01BB02 | RxNorm 103",
        "rituximab": "ATC L01FA01 | RxNorm 121191",
        "ofatumumab": "RxNorm 712566",
        "tacrolimus": "ATC L04AD02 | RxNorm 42316",
        "ciclosporin": "ATC L04AD01 | RxNorm 3008",
        "tocilizumab": "ATC L04AC07 | RxNorm 612865",
        "clonazepam": "ATC N03AE01 | RxNorm 2598",
        "trazodone": "ATC N06AX05 | RxNorm 10737",
        "piracetam": "ATC N06BX03",
        "melatonin": "ATC N05CH01 | ?RxNorm 6711",
        "levetiracetam": "ATC N03AX14 | RxNorm 114477",
        "valproate": "ATC N03AG01 | RxNorm 11118",
    },
}


def all_entries() -> Iterator[tuple[str, Entry]]:
    """Every entry of every list, with its list's name."""
    return ((name, entry) for name in PUBLISHED for entry in code_list(name).entries)


def test_every_shipped_list_is_published_here() -> None:
    """No list is shipped that these tests do not know, and none is missing."""
    assert {path.stem for path in LISTS.iterdir()} == set(PUBLISHED)


@pytest.mark.parametrize(("name", "ids"), PUBLISHED.items())
def test_the_ids_are_the_published_ones(name: str, ids: str) -> None:
    """Ids and their order are as published, and each has a title of its own."""
    entries = code_list(name).entries
    assert code_list(name).name == name
    assert [entry.id for entry in entries] == ids.split()
    assert all(entry.title.strip() == entry.title != "" for entry in entries)
    assert len({entry.title for entry in entries}) == len(entries)


def test_the_words_of_entries_are_those_that_users_read() -> None:
    """An id stands for the words that screens and pages have always had."""
    said = {
        ("routes", "oral"): "by mouth",
        ("routes", "intravenous"): "into a vein",
        ("units", "mg/m2"): "mg/m²",
        ("units", "other"): "other unit",
        ("frequencies", "three_times_daily"): "three times daily",
        ("frequencies", "every_3_weeks"): "every 3 weeks",
        ("frequencies", "other"): "other rhythm",
        ("slept", "hardly"): "hardly",
        ("ill", "both"): "both",
        ("missed_dose", "yes"): "yes, missed",
        ("cooperation", "fair"): "fair",
        ("reasons", "never_walked"): "never walked, before the illness either",
        ("reasons", "arm_held_still"): "arm held still by a line or splint",
        ("sexes", "unknown"): "Not recorded",
        ("roles", "keeper"): "Keeper of the records",
    }
    assert {place: code_list(place[0]).get(place[1]).title for place in said} == said


def test_which_lists_take_any_other_text() -> None:
    """Reasons, routes and the context of a visit hold an id or any text; all others an id only."""
    taking = {name for name in PUBLISHED if code_list(name).takes_text}
    assert taking == {"reasons", "routes", "slept", "ill", "missed_dose", "cooperation"}


def test_which_entries_need_a_note() -> None:
    """“Other” where the published tables say so, a report between visits, and nothing else."""
    needing = {(name, entry.id) for name, entry in all_entries() if entry.needs_note}
    others = {(name, OTHER) for name in ("diagnoses", "agents", "units", "frequencies")}
    assert needing == {*others, ("event_kinds", "report")}


def test_the_usual_reasons_stand_first() -> None:
    """Asleep excuses what is looked at, the next two every item; a scale file names the others."""
    reasons = code_list("reasons").entries
    everywhere = [entry.id for entry in reasons if entry.for_every_item]
    assert [entry.id for entry in reasons[:3]] == ["asleep", *everywhere]
    assert everywhere == ["too_unwell", "does_not_cooperate"]


def test_every_agent_has_a_class_with_a_colour() -> None:
    """The class of an agent is a role of the palette, and every class has an agent."""
    roles = {agent.role for agent in code_list("agents").entries}
    assert roles == {entry.id for entry in code_list("agent_classes").entries}
    assert roles == {role for role in PALETTE_ROLES if role.startswith("class_")}


def test_every_agent_has_words_for_a_family_and_a_lane() -> None:
    """Plain and short titles are there for every agent, and differ between agents."""
    agents = code_list("agents").entries
    for name in ("plain", "short"):
        texts = [getattr(agent, name) for agent in agents]
        assert all(texts)
        assert len(set(texts)) == len(texts)
    assert code_list("agents").get("ivig").plain == "Immunoglobulin drip (IVIg)"
    assert code_list("agents").get("ivig").short == "IVIg"


def test_every_coding_is_one_that_was_found_and_none_is_missing() -> None:
    """Codings are exactly those of the clinical facts, verified only where they were seen."""
    found: dict[str, dict[str, str]] = {}
    for name, entry in all_entries():
        if entry.codings:
            found.setdefault(name, {})[entry.id] = " | ".join(
                f"{'' if each.verified else '?'}{each.system} {each.code}"
                for each in entry.codings
            )
    assert found == CODINGS


def test_atc_codes_stand_only_where_one_was_verified() -> None:
    """No ATC code where two are in use or none exists; otherwise seven signs, each used once."""
    agents = code_list("agents").entries
    without = {agent.id for agent in agents if not agent.code_in("ATC")}
    assert without == WITHOUT_DOSE | {"plasma_exchange", "ofatumumab"}
    known = [code for agent in agents if (code := agent.code_in("ATC"))]
    assert all(len(code) == 7 for code in known)
    assert len(set(known)) == len(known)


def test_an_operation_alone_is_one_act() -> None:
    """Whatever else is given or done may go on until a stop is recorded."""
    agents = code_list("agents").entries
    assert [agent.id for agent in agents if agent.is_one_act] == ["tumour_resection"]


def test_routes_and_frequencies_are_prefilled_only_where_they_are_plain() -> None:
    """An agent that is given in several ways, or in no steady rhythm, prefills nothing."""
    agents = code_list("agents").entries
    routes = {agent.id: agent.usual_route for agent in agents if agent.usual_route}
    by_mouth = (
        "prednisolone prednisone azathioprine mycophenolate mercaptopurine tacrolimus ciclosporin "
        "clonazepam trazodone piracetam melatonin levetiracetam valproate"
    )
    assert routes == dict.fromkeys(by_mouth.split(), "oral") | {
        "ivig": "intravenous",
        "scig": "subcutaneous",
        "rituximab": "intravenous",
    }
    rhythms = {agent.id: agent.usual_frequency for agent in agents if agent.usual_frequency}
    assert rhythms == {
        "prednisolone": "daily",
        "prednisone": "daily",
        "azathioprine": "daily",
        "mercaptopurine": "daily",
        "trazodone": "daily",
        "melatonin": "daily",
        "mycophenolate": "twice_daily",
        "ciclosporin": "twice_daily",
        "levetiracetam": "twice_daily",
        "methotrexate": "weekly",
    }


def test_every_agent_with_doses_has_typing_limits() -> None:
    """Only what has no dose of its own kind is never asked back."""
    without = {agent.id for agent in code_list("agents").entries if not agent.limits}
    assert without == WITHOUT_DOSE


def test_the_same_amount_is_judged_alike_in_every_unit() -> None:
    """A thousand milligrams are a gram, in limits too."""
    smaller = {"g": "mg", "mg": "micrograms"}
    pairs = 0
    for entry in code_list("agents").entries:
        limits = {each.unit: (each.low * 1000, each.high * 1000) for each in entry.limits}
        for unit, thousandfold in limits.items():
            mass, slash, per = unit.partition("/")
            part = smaller.get(mass, "") + slash + per
            if part in limits:
                pairs += 1
                assert tuple(end / 1000 for end in limits[part]) == thousandfold, entry.id
    assert pairs > 10


@pytest.mark.parametrize(
    ("agent", "dose", "unit", "is_asked"),
    [
        ("prednisolone", "20", "mg/kg", True),
        ("prednisolone", "20", "mg", False),
        ("prednisolone", "2", "mg/kg", False),
        ("prednisolone", "60", "g", True),
        ("prednisolone", "1000", "mg", True),
        ("prednisolone", "20", "other", False),
        ("dexamethasone", "20", "mg/m2", False),
        ("methylprednisolone", "30", "mg/kg", False),
        ("ivig", "2", "g/kg", False),
        ("ivig", "0.4", "g/kg", False),
        ("ivig", "4", "g/kg", True),
        ("ivig", "400", "mg/kg", False),
        ("ivig", "1", "mg/kg", True),
        ("cyclophosphamide", "750", "mg/m2", False),
        ("rituximab", "375", "mg/m2", False),
        ("rituximab", "750", "mg/m2", False),
        ("rituximab", "375", "mg/kg", True),
        ("trazodone", "3", "mg/kg", False),
        ("clonazepam", "4", "mg", False),
        ("clonazepam", "0.25", "mg", False),
        ("clonazepam", "0.5", "micrograms", True),
        ("clonazepam", "500", "mg", True),
        ("methotrexate", "150", "mg", True),
        ("plasma_exchange", "5", "session", False),
        ("plasma_exchange", "5", "mg", True),
        ("chemotherapy", "100000", "g", False),
    ],
)
def test_only_a_dose_far_from_usual_is_asked_back(
    agent: str, dose: str, unit: str, is_asked: bool
) -> None:
    """Doses of the clinical facts pass; a wrong unit and a tenfold dose are asked back."""
    assert code_list("agents").get(agent).asks_back(Decimal(dose), unit) is is_asked


def test_both_ends_of_limits_are_within() -> None:
    """A value on a limit is not asked back, and one on a hard limit is possible."""
    weight = code_list("measure_kinds").get("weight_kg")
    assert not weight.asks_back(Decimal(1))
    assert not weight.asks_back(Decimal(300))
    assert weight.asks_back(Decimal("300.1"))
    assert weight.is_possible(Decimal("0.1"))
    assert weight.is_possible(Decimal(700))


@pytest.mark.parametrize(
    ("kind", "usual", "asked"),
    [
        ("bp_systolic", "50 118 220", "11.8 1180"),
        ("bp_diastolic", "20 64 140", "6.4 640"),
        ("igg_g_l", "0 9.5 60", "95"),
        ("blood_b_cells_per_ul", "0 350 5000", "35000"),
    ],
)
def test_a_slip_in_what_the_laboratory_told_is_asked_back(
    kind: str, usual: str, asked: str
) -> None:
    """Limits are wide and our own; both ends are within, and a digit too many is outside."""
    found = code_list("measure_kinds").get(kind)
    assert not any(found.asks_back(Decimal(text)) for text in usual.split())
    assert all(found.asks_back(Decimal(text)) for text in asked.split())


@pytest.mark.parametrize(
    ("kind", "possible", "impossible"),
    [
        ("weight_kg", "0.8 3.2 300 650", "0 0.05 3500"),
        ("height_cm", "25 110 260", "1.1 1100"),
        ("sleep_hours", "0 9.5 24", "24.5"),
        ("night_wakings", "0 40", "2000"),
        ("rages_per_day", "0 120", "2000"),
        ("csf_b_cells_percent", "0 0.4 29 100", "100.1"),
        ("walk_8m_s", "7.5 1800", "0 90000"),
        ("pegboard_right_s", "35 1800", "0 90000"),
        ("pegboard_left_s", "38 1800", "0 90000"),
        ("pata_10s", "0 21", "2000"),
        ("bp_systolic", "45 118 260", "0 1180"),
        ("bp_diastolic", "18 64 180", "0 640"),
        ("igg_g_l", "0 0.3 9.5 80", "950"),
        ("blood_b_cells_per_ul", "0 350 20000", "1000001"),
    ],
)
def test_only_what_cannot_be_is_impossible(kind: str, possible: str, impossible: str) -> None:
    """Rare values of a measure are possible; what no person and no day can hold is not."""
    found = code_list("measure_kinds").get(kind)
    assert all(found.is_possible(Decimal(text)) for text in possible.split())
    assert not any(found.is_possible(Decimal(text)) for text in impossible.split())


def test_nothing_in_the_demo_would_be_asked_back() -> None:
    """The demo's doses and measures are usual ones; a pause is no dose."""
    agents, kinds = code_list("agents"), code_list("measure_kinds")

    def rows(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader((DEMO / name).read_text("utf-8-sig").splitlines()))

    given = {row["treatment_id"]: agents.get(row["agent"]) for row in rows("treatments.csv")}
    doses = [row for row in rows("doses.csv") if Decimal(row["dose"])]
    asked = [
        row
        for row in doses
        if given[row["treatment_id"]].asks_back(Decimal(row["dose"]), row["unit"])
    ]
    asked += [
        row
        for row in rows("measures.csv")
        if kinds.get(row["kind"]).asks_back(Decimal(row["value"]))
    ]
    assert doses
    assert asked == []


def test_an_entry_is_found_by_its_id() -> None:
    """A list says whether it has an id, and finds its entry or nothing."""
    courses = code_list("courses")
    assert courses.has("monophasic")
    assert not courses.has("spiral")
    assert courses.find("spiral") is None
    assert courses.find("monophasic") is courses.get("monophasic") is courses.entries[0]


def test_an_unknown_id_is_told_with_those_there_are() -> None:
    """An id that is not in the list is refused in a sentence that names the list's ids."""
    with pytest.raises(UserError) as error:
        code_list("courses").get("spiral")
    assert str(error.value) == (
        "“spiral” is not in the list. It has: monophasic, chronic_relapsing, undetermined."
    )
    with pytest.raises(UserError, match="“leeches” is not in the list"):
        code_list("agents").get("leeches")


def test_an_unknown_id_is_its_own_title() -> None:
    """A text, or a stored id that this version does not know, is shown as it is."""
    assert code_list("courses").title_of("monophasic") == "One episode (monophasic)"
    assert code_list("courses").title_of("spiral") == "spiral"
    assert code_list("routes").title_of("by mouth or tube") == "by mouth or tube"


def test_a_list_is_read_once() -> None:
    """Asking for a list again gives the same value."""
    assert code_list("units") is code_list("units")


def test_a_made_up_entry_in_a_file_is_in_its_list(tmp_path: Path) -> None:
    """A new entry takes one place: its file."""
    for path in LISTS.iterdir():
        shutil.copy(path, tmp_path)
    with (tmp_path / "agents.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[entry]]\nid = "leeches"\ntitle = "Leeches"\nclass = "class_diet"\n')
    found = load_list(tmp_path / "agents.toml", code_list)
    assert found.get("leeches") == Entry("leeches", "Leeches", role="class_diet")
    assert found.entries[:-1] == code_list("agents").entries


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_word_of_a_list_is_extracted_and_nothing_else(name: str) -> None:
    """Titles, plain and short ones reach the translators; ids, codes and units do not."""
    with (LISTS / f"{name}.toml").open("rb") as file:
        texts = {text for _, text, _, _ in babel_extract("scales.wording:extract", file)}
    assert texts == {
        getattr(entry, key)
        for entry in code_list(name).entries
        for key in ("title", "plain", "short")
    }


def test_the_translators_mapping_names_the_lists() -> None:
    """Collecting the words reads the lists as it reads the scales."""
    mapping = (LISTS.parent / "locale" / "babel.cfg").read_text("utf-8")
    assert "[scale: resources/lists/**.toml]" in mapping
