"""Text and tables on paper, in a few named styles; everything typed by people is escaped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, Table

from app.palette import Palette
from app.reports.fonts import Fonts, Weight


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text stands: its size and leading in points, its weight, its colour role."""

    size: float
    leading: float
    weight: Weight = Weight.REGULAR
    role: str = "ink"
    is_right: bool = False


NAME = TextStyle(13, 16, Weight.BOLD)
HEADING = TextStyle(11, 14, Weight.BOLD)
SUBHEADING = TextStyle(8.5, 11, Weight.BOLD)
BODY = TextStyle(8.5, 11.5)
SOFT = TextStyle(8, 10.5, role="ink_soft")
SOFT_RIGHT = TextStyle(8, 10.5, role="ink_soft", is_right=True)
CAUTION = TextStyle(8, 10.5, role="caution")
CELL = TextStyle(8, 10)
CELL_BOLD = TextStyle(8, 10, Weight.BOLD)
CELL_SOFT = TextStyle(8, 10, role="ink_soft")
CELL_RIGHT = TextStyle(8, 10, role="ink_soft", is_right=True)
CELL_FIGURE = TextStyle(8, 10, Weight.BOLD, is_right=True)

TextCell = tuple[str, TextStyle]
TableRule = tuple[Any, ...]
PLAIN_TABLE: tuple[TableRule, ...] = (
    ("FONTNAME", (0, 0), (-1, -1), "NotoSans-Regular"),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 6),
    ("TOPPADDING", (0, 0), (-1, -1), 1.6),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6),
)


def unbroken(text: str) -> str:
    """Return a text that no line end parts."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


class Typesetter:
    """Sets text in a document's fonts and a theme's colours."""

    def __init__(self, fonts: Fonts, palette: Palette) -> None:
        self.fonts = fonts
        self.palette = palette

    def text(self, words: str, style: TextStyle, width: float) -> Paragraph:
        """Set a text that will stand in a column of ``width`` points."""
        markup = self.fonts.markup(words, style.weight, style.size, width)
        return Paragraph(markup, _paragraph_style(style, self.palette[style.role]))

    def pieces(self, *pieces: TextCell) -> Paragraph:
        """Set several short pieces, each in its own weight, as one text with spaces between."""
        markup = " ".join(
            f'<font name="{self.fonts.face(style.weight)}" color="{self.palette[style.role]}">'
            f"{self.fonts.markup(words, style.weight, style.size, 10_000)}</font>"
            for words, style in pieces
            if words
        )
        style = pieces[0][1]
        return Paragraph(markup, _paragraph_style(style, self.palette[style.role]))

    def table(
        self,
        rows: Iterable[Sequence[TextCell | Flowable]],
        widths: Sequence[float],
        rules: Sequence[TableRule] = (),
        repeat: int = 0,
    ) -> Table:
        """Set rows of texts or ready-made blocks; ``repeat`` rows head each page."""
        cells = [
            [self._cell(cell, width - 6) for cell, width in zip(row, widths, strict=True)]
            for row in rows
        ]
        table = Table(
            cells,
            colWidths=list(widths),
            repeatRows=repeat,
            hAlign="LEFT",
            splitInRow=1,  # a note may be longer than a page
        )
        table.setStyle([*PLAIN_TABLE, *rules])
        return table

    def _cell(self, cell: TextCell | Flowable, width: float) -> Flowable:
        return self.text(*cell, width) if isinstance(cell, tuple) else cell

    def grid(
        self, columns: Sequence[Sequence[Flowable]], widths: Sequence[float], gap: float = 12
    ) -> Table:
        """Set columns of ready-made blocks side by side."""
        table = Table(
            [[list(column) for column in columns]], colWidths=list(widths), hAlign="LEFT"
        )
        table.setStyle([*PLAIN_TABLE, ("RIGHTPADDING", (0, 0), (-1, -1), gap)])
        return table

    def boxed(self, words: str, style: TextStyle, width: float, role: str) -> Table:
        """Set a text on a coloured ground."""
        return self.framed(self.text(words, style, width - 20), width, role)

    def framed(self, block: Flowable, width: float, role: str) -> Table:
        """Set a block on a coloured ground with rounded corners."""
        table = Table([[block]], colWidths=[width], hAlign="LEFT")
        table.setStyle(
            [
                *PLAIN_TABLE,
                ("BACKGROUND", (0, 0), (-1, -1), HexColor(self.palette[role])),
                ("ROUNDEDCORNERS", [5, 5, 5, 5]),
                ("LEFTPADDING", (0, 0), (-1, -1), 10),
                ("RIGHTPADDING", (0, 0), (-1, -1), 10),
                ("TOPPADDING", (0, 0), (-1, -1), 5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
            ]
        )
        return table

    def ruled(self, block: Flowable, width: float) -> Table:
        """Set a block under a thin line."""
        table = Table([[block]], colWidths=[width], hAlign="LEFT")
        line = ("LINEABOVE", (0, 0), (-1, 0), 0.5, HexColor(self.palette["line"]))
        table.setStyle([*PLAIN_TABLE, line, ("RIGHTPADDING", (0, 0), (-1, -1), 0)])
        return table

    def rule(
        self, first_row: int, last_row: int, role: str = "line", width: float = 0.5
    ) -> TableRule:
        """Return the table rule that draws a line below some rows."""
        return ("LINEBELOW", (0, first_row), (-1, last_row), width, HexColor(self.palette[role]))


@cache
def _paragraph_style(style: TextStyle, colour: str) -> ParagraphStyle:
    return ParagraphStyle(
        "style",
        fontName=Fonts().face(style.weight),
        fontSize=style.size,
        leading=style.leading,
        textColor=HexColor(colour),
        alignment=2 if style.is_right else 0,
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
    )
