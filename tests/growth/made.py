"""Made-up patients as tables: the same ones in every run, each with a course of some years."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

VISITS = 20
ANSWERS = 11
FAMILY_NAMES = (
    "Abara", "Bergstrom", "Castillo", "Dubois", "Eriksen", "Fontaine", "Gallagher", "Haddad",
    "Ivanova", "Jansen", "Kowalski", "Lindqvist", "Moreau", "Novak", "Okafor", "Petrov",
    "Quintana", "Rossi", "Suzuki", "Tanaka", "Ulrich", "Vasquez", "Weber", "Yilmaz",
)  # fmt: skip
GIVEN_NAMES = (
    "Ada", "Bela", "Chidi", "Dana", "Elif", "Finn", "Greta", "Hana", "Ines", "Jonas", "Kofi",
    "Lena", "Milo", "Nora", "Omar", "Pia", "Quinn",
)  # fmt: skip
_SCALES = {
    "five_feature": ("opsoclonus", "myoclonus", "gait", "sleep", "irritability"),
    "oms": ("stance", "gait", "arm_hand", "opsoclonus", "mood", "speech"),
}
_COURSE = (3, 3, 2, 2, 3, 2, 1, 1, 2, 1, 1, 0, 1, 2, 2, 1, 1, 0, 1, 1)
_HEADS = {
    "patients": "patient_id,given_name,family_name,birth_date,sex,diagnosis,onset_date,language",
    "visits": "patient_id,visit_id,date,time,rater,slept,ill,missed_dose,cooperation,note",
    "answers": "patient_id,visit_id,scale,scale_version,item,side,value,reason",
    "treatments": "patient_id,treatment_id,agent,start,stop,note",
    "doses": "patient_id,treatment_id,start,stop,dose,unit,frequency",
    "events": "patient_id,date,kind,author,note",
    "measures": "patient_id,visit_id,date,kind,value",
    "sequelae": "patient_id,date,kind,state",
    "findings": "patient_id,date,kind,name,result",
}
_FIRST_BIRTH = date(2012, 3, 1)

Row = tuple[object, ...]


def patient_id(number: int) -> str:
    """Return the identifier of a made-up patient."""
    return f"G{number:05d}"


def write_tables(folder: Path, numbers: Iterable[int]) -> None:
    """Write the tables of these patients into a folder that is there."""
    patients = tuple(numbers)
    for table, head in _HEADS.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(head.split(","))
            for number in patients:
                writer.writerows(_ROWS[table](number))


def _birth(number: int) -> date:
    return _FIRST_BIRTH + timedelta(days=number * 7 % 2400)


def _onset(number: int) -> date:
    return _birth(number) + timedelta(days=500 + number * 11 % 200)


def _days(number: int) -> Iterator[tuple[str, date]]:
    """Yield the identifier and the day of each visit."""
    for place in range(VISITS):
        yield f"{patient_id(number)}-{place:02d}", _onset(number) + timedelta(days=10 + 60 * place)


def _patient(number: int) -> Iterator[Row]:
    given = GIVEN_NAMES[number % len(GIVEN_NAMES)]
    family = FAMILY_NAMES[number % len(FAMILY_NAMES)]
    sex = ("female", "male")[number % 2]
    yield (patient_id(number), given, f"{family} {number}", _birth(number), sex,
           "oms_neuroblastoma", _onset(number), "en")  # fmt: skip


def _visits(number: int) -> Iterator[Row]:
    for place, (visit_id, day) in enumerate(_days(number)):
        note = "Seen after the morning nap; walks along the wall." if place % 5 == 0 else ""
        yield (patient_id(number), visit_id, day, "10:30", "M. Okafor", "", "", "", "", note)


def _answers(number: int) -> Iterator[Row]:
    for level, (visit_id, _) in zip(_COURSE, _days(number), strict=True):
        for scale, items in _SCALES.items():
            for item in items:
                yield (patient_id(number), visit_id, scale, "", item, "", level, "")


def _treatments(number: int) -> Iterator[Row]:
    owner, onset = patient_id(number), _onset(number)
    for name, days in (("prednisolone", 400), ("ivig", 720), ("rituximab", 21)):
        yield (owner, f"{owner}-{name}", name, onset, onset + timedelta(days=days), "")


def _doses(number: int) -> Iterator[Row]:
    owner, onset = patient_id(number), _onset(number)
    for place, dose in enumerate(("2", "1", "0.5", "0.1")):
        start = onset + timedelta(days=100 * place)
        yield (owner, f"{owner}-prednisolone", start, start + timedelta(days=100), dose, "mg/kg",
               "daily")  # fmt: skip
    yield (owner, f"{owner}-ivig", onset, "", "1", "g/kg", "monthly")
    yield (owner, f"{owner}-rituximab", onset, "", "375", "mg/m2", "weekly")


def _events(number: int) -> Iterator[Row]:
    for days, kind in ((0, "hospital"), (200, "fever"), (260, "relapse")):
        yield (patient_id(number), _onset(number) + timedelta(days=days), kind, "Dr Lindqvist", "")


def _measures(number: int) -> Iterator[Row]:
    for place, (_, day) in enumerate(_days(number)):
        if place % 5 == 0:
            yield (patient_id(number), "", day, "weight_kg", f"{11 + place * 0.5:g}")


def _sequelae(number: int) -> Iterator[Row]:
    yield (patient_id(number), _onset(number) + timedelta(days=900), "speech", "yes")


def _findings(number: int) -> Iterator[Row]:
    for days in (30, 200):
        yield (
            patient_id(number),
            _onset(number) + timedelta(days=days),
            "tumour",
            "MRI",
            "negative",
        )


_ROWS = {
    "patients": _patient,
    "visits": _visits,
    "answers": _answers,
    "treatments": _treatments,
    "doses": _doses,
    "events": _events,
    "measures": _measures,
    "sequelae": _sequelae,
    "findings": _findings,
}
