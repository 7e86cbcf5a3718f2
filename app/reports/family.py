"""The page for the family: one side, 12 points or more, plain words, the same numbers."""

from collections.abc import Sequence
from io import BytesIO

from msgspec import Struct
from msgspec.structs import replace
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, Spacer

from app.drawing.family import FamilyChart
from app.errors import N_, NN_, UserError
from app.language import Words
from app.lettering import Weight, width_of
from app.palette import load_palette
from app.reports.chart import draw_family_chart
from app.reports.family_words import FamilyWords, FeatureTable, family_words
from app.reports.fonts import Fonts
from app.reports.pages import APP, BOXES, size_of
from app.reports.textblock import TextStyle
from app.reports.typeset import TextCell, Typesetter
from app.settings import Paper, Settings
from app.trends.figure import Figure
from app.trends.model import Trend
from scales.catalogue import Catalogue

_MARGIN = 38.0
_TITLE = TextStyle(20, 25, Weight.BOLD)
_SMALL_TITLE = TextStyle(15, 19, Weight.BOLD)
_TEXT = TextStyle(12, 15)
_BOLD = TextStyle(12, 15, Weight.BOLD)
_SOFT = TextStyle(12, 15, role="ink_soft")
_HEADING = TextStyle(13, 18, Weight.BOLD)
_NOTE = TextStyle(12, 14.4, role="ink_soft")
_RIGHT = TextStyle(12, 15, role="ink_soft", is_right=True)
_RIGHT_BOLD = TextStyle(12, 15, Weight.BOLD, is_right=True)
_CAUTION = TextStyle(12, 15, role="caution")
_TALLEST_PLOT = 150.0
_LONG_CALL = 220
_FEATURE_SHARES = (0.2, 0.24, 0.25, 0.31)


class _Plan(Struct, frozen=True):
    """How generous a page is: each later plan is tighter, none goes below 12 points."""

    plot: float
    has_lanes: bool
    gap: float
    lead: float
    most_treatments: int = 99
    has_features: bool = True


_PLANS = (
    _Plan(plot=130, has_lanes=True, gap=13, lead=14.5),
    _Plan(plot=105, has_lanes=True, gap=11, lead=14),
    _Plan(plot=85, has_lanes=True, gap=9, lead=13.5),
    _Plan(plot=66, has_lanes=True, gap=7, lead=13),
    _Plan(plot=85, has_lanes=False, gap=8, lead=13),
    _Plan(plot=66, has_lanes=False, gap=6, lead=12.5, most_treatments=8),
    _Plan(plot=50, has_lanes=False, gap=4, lead=12, most_treatments=6),
    _Plan(plot=0, has_lanes=False, gap=4, lead=12, most_treatments=5),
    _Plan(plot=0, has_lanes=False, gap=3, lead=12, most_treatments=4, has_features=False),
)


class _Page(Struct, frozen=True):
    told: FamilyWords
    figure: Figure
    words: Words
    typesetter: Typesetter
    paper: Paper

    @property
    def width(self) -> float:
        return size_of(self.paper)[0] - 2 * _MARGIN

    @property
    def room(self) -> float:
        return size_of(self.paper)[1] - 2 * _MARGIN


def family_pdf(
    trend: Trend,
    figure: Figure,
    catalogue: Catalogue,
    settings: Settings,
    words: Words,
    next_visit: str | None = None,
) -> bytes:
    """Return the family page as PDF, one side: identical bytes for identical input.

    Raises:
        UserError: The unit's own texts leave no room on one side.

    """
    told = family_words(trend, figure, catalogue, settings, words, next_visit)
    page = _Page(told, figure, words, Typesetter(Fonts(), load_palette("light")), settings.paper)
    blocks = _fitting(page)
    return _drawn(page, blocks, settings.site or APP)


def _fitting(page: _Page) -> Sequence[Flowable]:
    """Return the blocks of the first plan that fits on one side."""
    for plan in _PLANS:
        blocks = _blocks(page, plan)
        left = page.room - sum(block.wrap(page.width, 10_000)[1] for block in blocks)
        if left >= 0:
            # What room is left makes the figure taller.
            plot = min(plan.plot + left, max(_TALLEST_PLOT, plan.plot))
            return _blocks(page, replace(plan, plot=plot)) if plan.plot else blocks
    raise UserError(
        N_(
            "This does not fit on one page. Shorten its longest text, such as "
            "“Please call us if”, the next visit or a name."
        )
    )


def _drawn(page: _Page, blocks: Sequence[Flowable], author: str) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=size_of(page.paper),
        invariant=1,
        pageCompression=1,
        initialFontName=page.typesetter.fonts.face(),  # type: ignore[arg-type] # a wrong stub
        lang=page.words.language,
    )
    canvas.setTitle(page.words(N_("Page for the family of {name}"), name=page.told.name))
    canvas.setAuthor(author)
    canvas.setCreator(APP)
    canvas.setProducer(APP)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    y = size_of(page.paper)[1] - _MARGIN
    for block in blocks:
        _, height = block.wrapOn(canvas, page.width, page.room)
        y -= height
        block.drawOn(canvas, _MARGIN, y)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _blocks(page: _Page, plan: _Plan) -> list[Flowable]:
    parts: list[Flowable | None] = [
        _head(page),
        _caution(page),
        _lead(page, plan),
        _chart(page, plan),
        _feature_table(page, page.told.features) if plan.has_features else None,
        _two_columns(page, plan),
        _next_visit(page),
        _notes(page),
    ]
    blocks: list[Flowable] = []
    for part in parts:
        if part is not None:
            blocks += [part, Spacer(1, plan.gap)]
    return blocks[:-1]


def _head(page: _Page) -> Flowable:
    told, typesetter = page.told, page.typesetter
    wide = page.width * 0.66
    is_long = width_of(told.title, _TITLE.size, Weight.BOLD) > 2 * wide - 40
    left: list[Flowable] = [
        typesetter.text(told.title, _SMALL_TITLE if is_long else _TITLE, wide - 12)
    ]
    if told.under:
        left.append(typesetter.text(told.under, _SOFT, wide - 12))
    narrow = page.width - wide
    right = [typesetter.text(told.name, _RIGHT_BOLD, narrow)]
    right += [typesetter.text(fact, _RIGHT, narrow) for fact in told.facts]
    return typesetter.grid([left, right], (wide, narrow), gap=0)


def _caution(page: _Page) -> Flowable | None:
    if not page.told.caution:
        return None
    return page.typesetter.boxed(page.told.caution, _CAUTION, page.width, "caution_soft")


def _lead(page: _Page, plan: _Plan) -> Flowable:
    bold = TextStyle(plan.lead, plan.lead * 1.4, Weight.BOLD)
    rest = TextStyle(plan.lead, plan.lead * 1.4)
    pieces: list[TextCell] = [(page.told.lead, bold)]
    pieces += [(sentence, rest) for sentence in page.told.sentences]
    return page.typesetter.framed(page.typesetter.pieces(*pieces), page.width, "background")


def _chart(page: _Page, plan: _Plan) -> Flowable | None:
    if not (page.figure.panels and plan.plot):
        return None
    caption = page.words(N_("Score at each visit. Lower is better."))
    chart = FamilyChart(
        page.figure, caption, page.told.last_label, page.told.last_visit, plan.has_lanes
    )
    typesetter = page.typesetter
    return draw_family_chart(chart, typesetter.palette, page.width, plan.plot, typesetter.fonts)


def _feature_table(page: _Page, features: FeatureTable | None) -> Flowable | None:
    if features is None:
        return None
    rows: list[Sequence[TextCell]] = [
        [("", _SOFT), *((heading, _SOFT) for heading in features.headings)]
    ]
    for name, cells in features.rows:
        rest = [(cell, _TEXT) for cell in cells[1:]]
        rows.append([(name, _BOLD), (cells[0], _BOLD), *rest])
    rules = [page.typesetter.rule(0, len(rows) - 2)]
    widths = [share * page.width for share in _FEATURE_SHARES[: len(rows[0])]]
    return page.typesetter.table(rows, widths, rules)


def _two_columns(page: _Page, plan: _Plan) -> Flowable:
    """Set what is recorded beside whom to call, or above it where that text is long.

    The family of a child who died is not asked to call.
    """
    if page.told.is_over:
        return page.typesetter.grid([_recorded(page, plan, page.width)], (page.width,), gap=0)
    if len(page.told.call) > _LONG_CALL:
        blocks = [*_recorded(page, plan, page.width), *_call(page, page.width)]
        return page.typesetter.grid([blocks], (page.width,), gap=0)
    wide = page.width * 0.56
    narrow = page.width - wide
    columns = (_recorded(page, plan, wide - 16), _call(page, narrow - 16))
    return page.typesetter.grid(columns, (wide, narrow), gap=16)


def _recorded(page: _Page, plan: _Plan, width: float) -> list[Flowable]:
    told, words = page.told, page.words
    lines = list(told.treatments[: plan.most_treatments])
    left_out = len(told.treatments) - len(lines)
    if left_out:
        forms = NN_(
            "{count} more treatment is in the record.",
            "{count} more treatments are in the record.",
        )
        lines.append(words.plural(forms, left_out))
    if not lines:
        lines.append(words(N_("No treatment is recorded as begun.")))
    elif not told.is_over:
        lines.append(words(N_("Follow your prescription.")))
    texts = [page.typesetter.text(line, _TEXT, width) for line in lines]
    return [page.typesetter.text(told.recorded, _HEADING, width), *texts]


def _call(page: _Page, width: float) -> list[Flowable]:
    told, words = page.told, page.words
    heading = page.typesetter.text(words(N_("Please call us if")), _HEADING, width)
    call = [page.typesetter.text(told.call, _TEXT, width)] if told.call else _lines(page, 2)
    label = page.typesetter.pieces((words(N_("Phone:")), _TEXT), (told.phone, _BOLD))
    return [heading, *call, label, *([] if told.phone else _lines(page, 1, 0))]


def _lines(page: _Page, count: int, above: float = 15) -> list[Flowable]:
    """Return lines to write on."""
    colour = HexColor(page.typesetter.palette["ink_soft"])
    lines: list[Flowable] = []
    for _ in range(count):
        lines += [Spacer(1, above), HRFlowable("100%", 0.6, color=colour, spaceBefore=0)]
    return [*lines, Spacer(1, 3)]


def _next_visit(page: _Page) -> Flowable | None:
    if page.told.is_over and not page.told.next_visit:
        return None
    typesetter = page.typesetter
    label = (page.words(N_("Next visit:")), _BOLD)
    if page.told.next_visit:
        return typesetter.pieces(label, (page.told.next_visit, _TEXT))
    left = width_of(label[0], _BOLD.size, Weight.BOLD) + 10
    return typesetter.grid(
        [[typesetter.text(label[0], _BOLD, left)], _lines(page, 1, 12)],
        (left, page.width - left),
        gap=0,
    )


def _notes(page: _Page) -> Flowable:
    notes = list(page.told.notes)
    if page.typesetter.fonts.has_boxes:
        notes.append(page.words(BOXES))
    text = page.typesetter.text(page.words.sentences(notes), _NOTE, page.width)
    return page.typesetter.ruled(text, page.width)
