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
from tests.bench.long_course import long_figure, long_trend
from tests.courses import CATALOGUE

GROUP = "physician page of 200 visits"
GOAL = "below 1"
ROUNDS = 8
LARGEST = 200_000


def _ours() -> bytes:
    return physician_pdf(long_trend(), long_figure(), CATALOGUE, Settings(), words())


def _drawn(figure: Figure) -> bytes:
    from matplotlib.figure import Figure as MplFigure  # noqa: PLC0415 - both sides load at use

    drawn = MplFigure(figsize=(7.5, 5.5))
    axes = drawn.subplots(len(figure.panels) + 1, 1, sharex=True)
    for axis, panel in zip(axes, figure.panels, strict=False):
        for run in panel.lines:
            axis.plot([x for x, _ in run], [float(y) for _, y in run])
        axis.scatter([m.x for m in panel.marks], [float(m.y) for m in panel.marks])
        axis.set_title(panel.title)
    for row, lane in enumerate(figure.lanes):
        for bar in lane.bars:
            axes[-1].broken_barh([(bar.start, bar.stop - bar.start)], (-row, bar.height))
    axes[-1].set_yticks(
        [-row for row in range(len(figure.lanes))], [x.label for x in figure.lanes]
    )
    axes[-1].set_xticks([t.x for t in figure.axis.ticks], [t.label for t in figure.axis.ticks])
    target = BytesIO()
    drawn.savefig(target, format="pdf")
    return target.getvalue()


def _set(lines: list[str]) -> bytes:
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
    """Ours: figure and words, from the course to the bytes."""
    benchmark.group = GROUP
    made = benchmark.pedantic(_ours, rounds=ROUNDS, warmup_rounds=1)
    benchmark.extra_info.update(side="ours", goal=f"{GOAL}, under 200 kB ({len(made) // 1000} kB)")
    assert len(made) < LARGEST


def test_matplotlib_and_the_same_text(benchmark: Any) -> None:
    """The yardstick: the same points and bars, and our lines as paragraphs in the same font."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - as above
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 - as above

    pdfmetrics.registerFont(TTFont("Yardstick", str(FONTS / "NotoSans-Regular.ttf")))
    figure = long_figure()
    pages = PdfReader(BytesIO(_ours())).pages
    lines = [line for page in pages for line in page.extract_text().splitlines()]

    def run() -> int:
        return len(_drawn(figure)) + len(_set(lines))

    benchmark.group = GROUP
    benchmark.extra_info.update(side="yardstick", goal=GOAL)
    assert benchmark.pedantic(run, rounds=ROUNDS, warmup_rounds=1) > 0
