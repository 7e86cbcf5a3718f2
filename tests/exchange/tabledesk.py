"""Reads tables that a test writes, and tells what is wrong with them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.errors import Problems
from app.exchange.exporting import export_folder, export_patient
from app.exchange.importing import ImportCounts, import_from
from app.records.store import Store
from scales.catalogue import Catalogue

TODAY = date(2026, 6, 15)


@dataclass
class Desk:
    """Reads tables that a test writes, and tells what is wrong with them."""

    store: Store
    catalogue: Catalogue
    folder: Path
    count: int = 0

    def write(self, **tables: str | bytes) -> Path:
        """Write tables into a new folder, each under its name without the ending."""
        self.count += 1
        folder = self.folder / f"tables{self.count}"
        folder.mkdir()
        for name, content in tables.items():
            raw = content if isinstance(content, bytes) else content.encode("utf-8")
            (folder / f"{name}.csv").write_bytes(raw)
        return folder

    def read(self, **tables: str | bytes) -> ImportCounts:
        """Import tables."""
        return import_from(self.store, self.catalogue, self.write(**tables))

    def problems(self, **tables: str | bytes) -> tuple[str, ...]:
        """Return the lines of an import that must fail, and that must store nothing."""
        before = len(self.store.patients.all())
        with pytest.raises(Problems) as caught:
            self.read(**tables)
        assert len(self.store.patients.all()) == before
        return caught.value.lines

    def export(self) -> dict[str, bytes]:
        """Export into a new folder and return the files."""
        self.count += 1
        folder = self.folder / f"out{self.count}"
        export_folder(self.store, self.catalogue, folder)
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}

    def hand_over(self, patient_id: str) -> dict[str, bytes]:
        """Export one patient into a new file and return the tables in it."""
        self.count += 1
        file = self.folder / f"out{self.count}.zip"
        patient = self.store.patients.by_patient_id(patient_id)
        export_patient(self.store, self.catalogue, file, patient.id)
        with ZipFile(file) as archive:
            return {name: archive.read(name) for name in sorted(archive.namelist())}
