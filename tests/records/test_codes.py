"""The code lists: the ids that other programs rely on, and words for each of them."""

import pytest

from app.errors import UserError
from app.palette import ROLES as PALETTE_ROLES
from app.records import codes
from app.records.model import Role

PUBLISHED = {
    "DIAGNOSES": (
        "oms_neuroblastoma oms_parainfectious oms_paraneoplastic_adult oms_idiopathic "
        "gluten_ataxia postinfectious_cerebellitis paraneoplastic_cerebellar_degeneration "
        "anti_gad_ataxia paca miller_fisher steroid_responsive_anti_thyroid other"
    ),
    "COURSES": "monophasic chronic_relapsing undetermined",
    "AGENTS": (
        "prednisolone prednisone dexamethasone methylprednisolone corticotropin tetracosactide "
        "ivig scig plasma_exchange cyclophosphamide azathioprine mycophenolate methotrexate "
        "mercaptopurine rituximab ofatumumab tacrolimus ciclosporin tocilizumab clonazepam "
        "trazodone piracetam melatonin levetiracetam valproate gluten_free_diet "
        "tumour_resection chemotherapy other"
    ),
    "UNITS": "mg g mg/kg g/kg mg/m2 g/m2 units units/m2 session other",
    "FREQUENCIES": "once daily twice_daily alternate_days weekly monthly other",
    "EVENT_KINDS": ("relapse remission infection fever surgery tumour vaccination hospital other"),
    "MEASURE_KINDS": (
        "weight_kg height_cm sleep_hours night_wakings rages_per_day csf_b_cells_percent "
        "walk_8m_s pegboard_right_s pegboard_left_s pata_10s"
    ),
    "SEQUELA_KINDS": "motor behavioural cognitive speech sleep",
    "SEQUELA_STATES": "yes no not_assessed",
    "SEXES": "female male other unknown",
    "ROLES": " ".join(Role),
}


@pytest.mark.parametrize(("name", "ids"), PUBLISHED.items())
def test_the_ids_are_the_published_ones(name: str, ids: str) -> None:
    """Ids and their order are as published, and each has a title."""
    entries = getattr(codes, name)
    assert [entry.id for entry in entries] == ids.split()
    assert all(entry.title.strip() for entry in entries)
    assert len({entry.title for entry in entries}) == len(entries)


def test_every_agent_has_a_class_with_a_colour() -> None:
    """The class of an agent is a role of the palette, and every class has an agent."""
    roles = {agent.role for agent in codes.AGENTS}
    assert roles == {entry.id for entry in codes.AGENT_CLASSES}
    assert roles == {role for role in PALETTE_ROLES if role.startswith("class_")}


def test_every_agent_has_words_for_a_family_and_a_lane() -> None:
    """Plain and short titles are there for every agent, and differ between agents."""
    for name in ("plain", "short"):
        texts = [getattr(agent, name) for agent in codes.AGENTS]
        assert all(texts)
        assert len(set(texts)) == len(texts)
    assert codes.agent("ivig").plain == "Immunoglobulin drip (IVIg)"


def test_atc_codes_stand_only_where_verified() -> None:
    """No ATC code where two are in use or none exists; otherwise seven signs, each used once."""
    without = {agent.id for agent in codes.AGENTS if not agent.atc}
    assert without == {
        "plasma_exchange",
        "ofatumumab",
        "gluten_free_diet",
        "tumour_resection",
        "chemotherapy",
        "other",
    }
    known = [agent.atc for agent in codes.AGENTS if agent.atc]
    assert all(len(atc) == 7 for atc in known)
    assert len(set(known)) == len(known)


def test_an_unknown_agent_is_told() -> None:
    """An id that is not in the list is refused in a sentence."""
    with pytest.raises(UserError, match="“leeches” is not in the list of treatments"):
        codes.agent("leeches")


def test_an_unknown_id_is_its_own_title() -> None:
    """A stored id that this version does not know is shown as it is."""
    assert codes.title_of(codes.COURSES, "monophasic") == "One episode (monophasic)"
    assert codes.title_of(codes.COURSES, "spiral") == "spiral"
