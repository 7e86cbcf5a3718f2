"""Reading a page back: its words, its fonts, its sizes."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader


def reader(pdf: bytes) -> PdfReader:
    """Open a page."""
    return PdfReader(BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    """Return the words of each page, every kind of space made one."""
    return [" ".join(page.extract_text().split()) for page in reader(pdf).pages]


def text(pdf: bytes) -> str:
    """Return the words of the whole document."""
    return " ".join(pages(pdf))


def fonts(pdf: bytes) -> Iterator[dict[str, Any]]:
    """Yield every font that the document names."""
    for page in reader(pdf).pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            yield font.get_object()


def unembedded(pdf: bytes) -> list[str]:
    """Return the names of the fonts that the file does not carry itself."""
    return [
        str(font["/BaseFont"])
        for font in fonts(pdf)
        if "/FontFile2" not in font.get("/FontDescriptor", {})
    ]


def sizes(pdf: bytes) -> set[float]:
    """Return every size, in points, in which a letter stands."""
    found: set[float] = set()

    def visit(words: str, _cm: Any, matrix: list[float], _font: Any, size: float) -> None:
        if words.strip():
            found.add(round(size * abs(matrix[3]), 2))

    for page in reader(pdf).pages:
        page.extract_text(visitor_text=visit)
    return found
