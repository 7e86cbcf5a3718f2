"""Text and tables on paper, in a few named styles."""

from collections.abc import Iterable, Sequence
from math import inf
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Table

from app.lettering import Weight
from app.palette import Palette
from app.reports.fonts import Fonts
from app.reports.textblock import Piece, TextBlock, TextStyle

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

TextCell = Piece
TableRule = tuple[Any, ...]
PLAIN_TABLE: tuple[TableRule, ...] = (
    ("FONTNAME", (0, 0), (-1, -1), "NotoSans-Regular"),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 6),
    ("TOPPADDING", (0, 0), (-1, -1), 1.6),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6),
)


class Typesetter:
    """Sets text in a document's fonts and a theme's colours."""

    def __init__(self, fonts: Fonts, palette: Palette) -> None:
        self.fonts = fonts
        self.palette = palette

    def text(self, words: str, style: TextStyle, width: float) -> TextBlock:
        """Set a text that will stand in a column of ``width`` points."""
        return TextBlock([(words, style)], self.fonts, self.palette, width)

    def pieces(self, *pieces: TextCell) -> TextBlock:
        """Set several short pieces, each in its own weight, as one text with spaces between."""
        return TextBlock([each for each in pieces if each[0]], self.fonts, self.palette, inf)

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

    def head(
        self, left: Sequence[Flowable], right: Sequence[Flowable], widths: Sequence[float]
    ) -> Flowable:
        """Set two columns above the line that parts the head of a page from the page."""
        grid = self.grid([left, right], widths, gap=0)
        grid.setStyle([self.rule(0, 0, "ink", 0.8), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)])
        return grid

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
