"""The physician page of 200 visits, against matplotlib and the same text set by reportlab."""

from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from pypdf import PdfReader

from app.language import words
from app.paths import FONTS
from app.reports.physician import physician_pdf
from app.settings import Settings
from app.trends.figure import Figure
from tests.bench.drawn import draw, texts
from tests.bench.long_course import long_figure, long_trend
from tests.bench.pairs import measure_pairs
from tests.courses import CATALOGUE

LARGEST = 200_000


def _ours() -> bytes:
    return physician_pdf(long_trend(), long_figure(), CATALOGUE, Settings(), words())


def _drawn(figure: Figure) -> bytes:
    from matplotlib.figure import Figure as MplFigure  # noqa: PLC0415 - both sides load at use

    drawn = MplFigure(figsize=(7.5, 5.5))
    draw(drawn, figure)
    target = BytesIO()
    drawn.savefig(target, format="pdf")
    return target.getvalue()


def _set(lines: list[str]) -> bytes:
    """Set lines as our page sets its own: as paragraphs that may have to be broken."""
    from reportlab.lib.styles import (  # noqa: PLC0415 - as above
        ParagraphStyle,
        getSampleStyleSheet,
    )
    from reportlab.platypus import Paragraph, SimpleDocTemplate  # noqa: PLC0415 - as above

    style = ParagraphStyle("words", getSampleStyleSheet()["BodyText"], fontName="Yardstick")
    target = BytesIO()
    SimpleDocTemplate(target).build([Paragraph(escape(line), style) for line in lines])
    return target.getvalue()


def test_the_physician_page(benchmark: Any) -> None:
    """Ours from the course to the bytes; the yardstick the same figure, and our other lines."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - as above
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 - as above

    pdfmetrics.registerFont(TTFont("Yardstick", str(FONTS / "NotoSans-Regular.ttf")))
    figure, page = long_figure(), _ours()
    there = texts(figure)
    told = "\n".join(one.extract_text() for one in PdfReader(BytesIO(page)).pages)
    lines = [line for line in told.splitlines() if line not in there]

    def yardstick() -> int:
        return len(_drawn(figure)) + len(_set(lines))

    benchmark.group = "physician page of 200 visits"
    benchmark.extra_info["goal"] = f"below 1, under 200 kB ({len(page) // 1000} kB)"
    measure_pairs(benchmark, _ours, yardstick, rounds=20)
    assert len(page) < LARGEST
