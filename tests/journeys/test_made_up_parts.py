"""A field more and an entry of a list more take one place each, and appear everywhere."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from app.clock import FixedClock
from app.exchange.importing import import_from
from app.records.folder import Founder, create_open_folder
from app.records.model import Role
from scales.catalogue import load_catalogue

ROOT = Path(__file__).resolve().parents[2]
CLOCK = FixedClock.on(date(2026, 1, 28))
FIELD = '    batch: Annotated[str, Text()] = ""\n'
ENTRY = '\n[[entry]]\nid = "made_up"\ntitle = "Made-up medicine"\nclass = "class_symptomatic"\n'
HEADER = "patient_id,treatment_id,agent,start,stop,route,note,stop_reason"

READ = """
import json, sys
from pathlib import Path
from app.clock import SystemClock
from app.language import words
from app.records.entries import Body
from app.records.folder import open_folder
from app.screens.offers import offers
from scales.catalogue import load_catalogue

store = open_folder(Path(sys.argv[1]), None, clock=SystemClock(), catalogue=load_catalogue())
bodies = [
    Body.decode(entry.body).after for entry in store.journal.entries()
    if entry.kind == "treatments"
]
told = {
    "bodies": bodies,
    "batches": [store.treatments.find(name).facts.batch for name in ("T1", "T2")],
    "damage": [one.kind for one in store.check() if one.count],
    "columns": [row[1] for row in store._database.execute("PRAGMA table_info(treatments)")],
    "offers": [(one.id, one.title) for one in offers("agents", words())],
}
store.close()
print(json.dumps(told))
"""


def _insert(path: Path, before: str, line: str) -> None:
    """Put a line into a file in front of a text that stands there once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, line + before), encoding="utf-8")


@dataclass(frozen=True)
class Product:
    """A copy of the product to which a field and an entry were added, and a folder made before."""

    place: Path
    data: Path

    def run(self, *arguments: object) -> str:
        """Run this product's Python in a process of its own and return what it prints."""
        environment = {**os.environ, "OMS_BEDSIDE_STATE": str(self.place / "state")}
        done = subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=self.place,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Product:
    """Return the product with both additions, after it read a table and wrote one."""
    place = tmp_path_factory.mktemp("product")
    data = place / "data"
    _made_before(data, place / "before")
    for name in ("app", "scales", "widgets", "resources"):
        shutil.copytree(ROOT / name, place / name)
    declaration = place / "app" / "records" / "declaration.py"
    _insert(declaration, "\n\nclass DoseFacts(", FIELD)
    with (place / "resources" / "lists" / "agents.toml").open("a", encoding="utf-8") as agents:
        agents.write(ENTRY)
    _write_tables(place / "tables", f"{HEADER},batch", "P1,T2,made_up,2025-05-02,,,,,B-17")
    made = Product(place, data)
    made.run("-m", "app", "--data", data, "import", place / "tables")
    made.run("-m", "app", "--data", data, "export", place / "out")
    return made


def _made_before(data: Path, tables: Path) -> None:
    """Make a folder with the product as it is, and a treatment in it."""
    _write_tables(tables, HEADER, "P1,T1,ivig,2025-05-01,,,,")
    catalogue = load_catalogue()
    store = create_open_folder(data, Founder("Ann", Role.NURSE), clock=CLOCK, catalogue=catalogue)
    import_from(store, catalogue, tables)
    store.close()


def _write_tables(folder: Path, *treatments: str) -> None:
    folder.mkdir()
    (folder / "patients.csv").write_text("patient_id\nP1\n", encoding="utf-8")
    (folder / "treatments.csv").write_text("\n".join(treatments) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def told(product: Product) -> Mapping[str, Any]:
    """Return what the changed product finds in the folder."""
    found: dict[str, Any] = json.loads(product.run("-c", READ, product.data))
    return found


def _exported(product: Product) -> list[dict[str, str]]:
    with (product.place / "out" / "treatments.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_field_is_imported_and_exported(product: Product) -> None:
    """Its column stands last in the published table, empty where nothing was ever told."""
    rows = _exported(product)
    assert list(rows[0]) == [*HEADER.split(","), "batch"]
    assert [(row["treatment_id"], row["batch"]) for row in rows] == [("T1", ""), ("T2", "B-17")]


def test_a_field_is_stored_in_a_folder_that_was_made_before(told: Mapping[str, Any]) -> None:
    """The file has its column, rows have it or its default, and the check finds nothing."""
    assert "batch" in told["columns"]
    assert told["batches"] == ["", "B-17"]
    assert told["damage"] == []


def test_a_field_is_journalled(told: Mapping[str, Any]) -> None:
    """The entry that told it holds it; the older one is as it was."""
    older, newer = told["bodies"]
    assert "batch" not in older
    assert newer["batch"] == "B-17"


def test_an_entry_of_a_list_is_taken_and_offered(
    product: Product, told: Mapping[str, Any]
) -> None:
    """Tables carry its id, and the form of treatments offers it by its title."""
    assert [row["agent"] for row in _exported(product)] == ["ivig", "made_up"]
    assert ["made_up", "Made-up medicine"] in told["offers"]


def test_an_entry_of_a_list_is_handed_to_translators(product: Product) -> None:
    """Its title is collected with every other text."""
    with (ROOT / "resources" / "locale" / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    lists = product.place / "resources"
    found = extract_from_dir(
        product.place,
        methods,
        options,
        directory_filter=lambda path: Path(path).parent == lists or Path(path) == lists,
    )
    assert "Made-up medicine" in {text for *_, text, _, _ in found}
