"""The code lists of the record: ids that other programs rely on, and the words for them.

Titles are catalogue texts in plain UK English. Ids and lists are those of the published tables;
an ATC code stands only where it was seen in the WHO list, else it is empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import N_, UserError

OTHER = "other"
"""The id that needs a note wherever a list has it."""


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a list: its stable id and its title, a catalogue text."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Agent(Code):
    """A treatment that can be recorded.

    ``plain`` is the title in a family's words, ``short`` the one for a narrow lane. ``atc`` is
    empty where no code was verified. ``role`` is the palette role of its class.
    """

    short: str
    plain: str
    atc: str
    role: str


SEXES = (
    Code("female", N_("Female")),
    Code("male", N_("Male")),
    Code("other", N_("Other")),
    Code("unknown", N_("Not recorded")),
)

ROLES = (
    Code("nurse", N_("Nurse")),
    Code("physician", N_("Physician")),
    Code("keeper", N_("Keeper of the records")),
)

DIAGNOSES = (
    Code("oms_neuroblastoma", N_("OMS with neuroblastoma")),
    Code("oms_parainfectious", N_("OMS with or after an infection")),
    Code("oms_paraneoplastic_adult", N_("OMS with a tumour, adult")),
    Code("oms_idiopathic", N_("OMS without a known cause")),
    Code("gluten_ataxia", N_("Gluten ataxia")),
    Code("postinfectious_cerebellitis", N_("Cerebellitis after an infection")),
    Code("paraneoplastic_cerebellar_degeneration", N_("Paraneoplastic cerebellar degeneration")),
    Code("anti_gad_ataxia", N_("Ataxia with GAD antibodies")),
    Code("paca", N_("Primary autoimmune cerebellar ataxia (PACA)")),
    Code("miller_fisher", N_("Miller Fisher syndrome")),
    Code("steroid_responsive_anti_thyroid", N_("Steroid-responsive ataxia, thyroid antibodies")),
    Code("other", N_("Other diagnosis")),
)

COURSES = (
    Code("monophasic", N_("One episode (monophasic)")),
    Code("chronic_relapsing", N_("Chronic or relapsing")),
    Code("undetermined", N_("Too early to say")),
)

AGENT_CLASSES = (
    Code("class_steroid", N_("Steroid or ACTH")),
    Code("class_immunoglobulin", N_("Immunoglobulin or plasma exchange")),
    Code("class_immunosuppressant", N_("Immunosuppressant")),
    Code("class_b_cell", N_("B-cell treatment")),
    Code("class_symptomatic", N_("For symptoms, or other")),
    Code("class_tumour", N_("Tumour treatment")),
    Code("class_diet", N_("Diet")),
)
"""The classes of agents; the id is the palette role that colours their lanes."""

_STEROID, _IMMUNOGLOBULIN, _SUPPRESSANT, _B_CELL, _SYMPTOMATIC, _TUMOUR, _DIET = (
    entry.id for entry in AGENT_CLASSES
)


def _drug(agent_id: str, title: str, atc: str, role: str, plain: str = "") -> Agent:
    return Agent(agent_id, title, short=title, plain=plain or title, atc=atc, role=role)


AGENTS = (
    _drug("prednisolone", N_("Prednisolone"), "H02AB06", _STEROID, N_("Prednisolone (a steroid)")),
    _drug("prednisone", N_("Prednisone"), "H02AB07", _STEROID, N_("Prednisone (a steroid)")),
    _drug(
        "dexamethasone", N_("Dexamethasone"), "H02AB02", _STEROID, N_("Dexamethasone (a steroid)")
    ),
    _drug(
        "methylprednisolone",
        N_("Methylprednisolone"),
        "H02AB04",
        _STEROID,
        N_("Methylprednisolone (a steroid)"),
    ),
    # ACTH works through the body's own steroids, so it shares their class.
    Agent(
        "corticotropin",
        N_("Corticotropin (ACTH)"),
        short=N_("ACTH"),
        plain=N_("ACTH injections"),
        atc="H01AA01",
        role=_STEROID,
    ),
    Agent(
        "tetracosactide",
        N_("Tetracosactide (synthetic ACTH)"),
        short=N_("Tetracosactide"),
        plain=N_("Tetracosactide injections (like ACTH)"),
        atc="H01AA02",
        role=_STEROID,
    ),
    Agent(
        "ivig",
        N_("Intravenous immunoglobulin (IVIg)"),
        short=N_("IVIg"),
        plain=N_("Immunoglobulin drip (IVIg)"),
        atc="J06BA02",
        role=_IMMUNOGLOBULIN,
    ),
    Agent(
        "scig",
        N_("Subcutaneous immunoglobulin (SCIg)"),
        short=N_("SCIg"),
        plain=N_("Immunoglobulin under the skin (SCIg)"),
        atc="J06BA01",
        role=_IMMUNOGLOBULIN,
    ),
    Agent(
        "plasma_exchange",
        N_("Plasma exchange"),
        short=N_("Plasma exchange"),
        plain=N_("Plasma exchange (washing the blood)"),
        atc="",
        role=_IMMUNOGLOBULIN,
    ),
    _drug("cyclophosphamide", N_("Cyclophosphamide"), "L01AA01", _SUPPRESSANT),
    _drug("azathioprine", N_("Azathioprine"), "L04AX01", _SUPPRESSANT),
    # The verified code is that of mycophenolic acid, the substance in every mycophenolate.
    _drug("mycophenolate", N_("Mycophenolate"), "L04AA06", _SUPPRESSANT),
    _drug("methotrexate", N_("Methotrexate"), "L04AX03", _SUPPRESSANT),
    _drug("mercaptopurine", N_("Mercaptopurine"), "L01BB02", _SUPPRESSANT),
    _drug("rituximab", N_("Rituximab"), "L01FA01", _B_CELL, N_("Rituximab drip")),
    # Two codes are in use, by strength and purpose, so none stands for the agent.
    _drug("ofatumumab", N_("Ofatumumab"), "", _B_CELL),
    _drug("tacrolimus", N_("Tacrolimus"), "L04AD02", _SUPPRESSANT),
    _drug("ciclosporin", N_("Ciclosporin"), "L04AD01", _SUPPRESSANT),
    # Blocks a messenger (interleukin 6), not the B cells themselves.
    _drug("tocilizumab", N_("Tocilizumab"), "L04AC07", _SUPPRESSANT),
    _drug("clonazepam", N_("Clonazepam"), "N03AE01", _SYMPTOMATIC),
    _drug("trazodone", N_("Trazodone"), "N06AX05", _SYMPTOMATIC),
    _drug("piracetam", N_("Piracetam"), "N06BX03", _SYMPTOMATIC),
    _drug("melatonin", N_("Melatonin"), "N05CH01", _SYMPTOMATIC),
    _drug("levetiracetam", N_("Levetiracetam"), "N03AX14", _SYMPTOMATIC),
    _drug("valproate", N_("Valproate"), "N03AG01", _SYMPTOMATIC),
    _drug("gluten_free_diet", N_("Gluten-free diet"), "", _DIET),
    Agent(
        "tumour_resection",
        N_("Tumour resection"),
        short=N_("Resection"),
        plain=N_("Operation to remove the tumour"),
        atc="",
        role=_TUMOUR,
    ),
    _drug("chemotherapy", N_("Chemotherapy"), "", _TUMOUR),
    # "Other" claims no mechanism: it takes the class titled "For symptoms, or other".
    Agent(
        "other",
        N_("Other treatment"),
        short=N_("Other"),
        plain=N_("Other treatment"),
        atc="",
        role=_SYMPTOMATIC,
    ),
)

ROUTES = (
    Code("by mouth", N_("by mouth")),
    Code("intravenous", N_("into a vein")),
    Code("subcutaneous", N_("under the skin")),
    Code("intramuscular", N_("into a muscle")),
    Code("rectal", N_("rectal")),
    Code("nasal", N_("nasal")),
)
"""Suggestions only: a route is free text."""

UNITS = (
    Code("mg", N_("mg")),
    Code("g", N_("g")),
    Code("mg/kg", N_("mg/kg")),
    Code("g/kg", N_("g/kg")),
    Code("mg/m2", N_("mg/m²")),
    Code("g/m2", N_("g/m²")),
    Code("units", N_("units")),
    Code("units/m2", N_("units/m²")),
    Code("session", N_("session")),
    Code("other", N_("other unit")),
)

FREQUENCIES = (
    Code("once", N_("once")),
    Code("daily", N_("daily")),
    Code("twice_daily", N_("twice daily")),
    Code("alternate_days", N_("every other day")),
    Code("weekly", N_("weekly")),
    Code("monthly", N_("monthly")),
    Code("other", N_("other rhythm")),
)

EVENT_KINDS = (
    Code("relapse", N_("Relapse")),
    Code("remission", N_("Remission")),
    Code("infection", N_("Infection")),
    Code("fever", N_("Fever")),
    Code("surgery", N_("Surgery")),
    Code("tumour", N_("Tumour finding")),
    Code("vaccination", N_("Vaccination")),
    Code("hospital", N_("Hospital stay")),
    Code("other", N_("Other event")),
)

MEASURE_KINDS = (
    Code("weight_kg", N_("Weight (kg)")),
    Code("height_cm", N_("Height (cm)")),
    Code("sleep_hours", N_("Hours slept last night")),
    Code("night_wakings", N_("Wakings last night")),
    Code("rages_per_day", N_("Rages yesterday")),
    Code("csf_b_cells_percent", N_("B cells in spinal fluid (%)")),
    Code("walk_8m_s", N_("8 metre walk (seconds)")),
    Code("pegboard_right_s", N_("Pegboard, right hand (seconds)")),
    Code("pegboard_left_s", N_("Pegboard, left hand (seconds)")),
    Code("pata_10s", N_("PATA in 10 seconds (count)")),
)

SEQUELA_KINDS = (
    Code("motor", N_("Motor")),
    Code("behavioural", N_("Behavioural")),
    Code("cognitive", N_("Cognitive")),
    Code("speech", N_("Speech")),
    Code("sleep", N_("Sleep")),
)

SEQUELA_STATES = (
    Code("yes", N_("Yes")),
    Code("no", N_("No")),
    Code("not_assessed", N_("Not assessed")),
)

_AGENTS_BY_ID = {agent.id: agent for agent in AGENTS}


def agent(agent_id: str) -> Agent:
    """Return the agent with this id; ``UserError`` if the list has none."""
    found = _AGENTS_BY_ID.get(agent_id)
    if found is None:
        raise UserError(N_("“{value}” is not in the list of treatments."), value=agent_id)
    return found


def title_of(codes: Sequence[Code], code_id: str) -> str:
    """Return the title of an id, or the id itself where the list does not have it."""
    return next((code.title for code in codes if code.id == code_id), code_id)


def has(codes: Sequence[Code], code_id: str) -> bool:
    """Whether the list has this id."""
    return any(code.id == code_id for code in codes)
