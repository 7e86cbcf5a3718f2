"""The card of the unit's own rule for asking about a relapse, off until somebody sets it."""

from decimal import Decimal

from msgspec.structs import replace
from PySide6.QtCore import Signal, Slot

from app.errors import N_, UserError
from app.language import Words
from app.records.preferences import MOST_POINTS
from app.screens.settings.view import RuleScale
from app.settings import RelapseAsked, RelapseWording, Settings
from app.trends.rise_words import WORDINGS
from widgets.cards import Card
from widgets.choices import ChoiceRow
from widgets.fields import TextField
from widgets.labels import wrapped
from widgets.values import Choice

_TOLD = N_(
    "While the points are empty nothing is asked. Else the course asks whether it is a relapse "
    "where a total stands so far above the best since the last relapse, or since treatment began. "
    "It marks nothing: a physician does. No threshold for OMS that could be checked was found; "
    "this one is your unit's own."
)


class RelapseRuleCard(Card):
    """Points, the scale they are of, and when it is asked; points that cannot be are told."""

    edited = Signal(str)
    finished = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words(N_("Asking about a relapse")))
        self._words = words
        self._scales: dict[str, RuleScale] = {}
        asked = (
            Choice(RelapseAsked.AT_ONCE, words(N_("At once"))),
            Choice(RelapseAsked.NEXT_TOTAL, words(N_("Once the next total confirms it"))),
        )
        wordings = (
            Choice(RelapseWording.NONE, words(N_("None"))),
            Choice(RelapseWording.ENCEPHALITIS, words(N_("Autoimmune encephalitis, not OMS"))),
        )
        self.points = TextField(words(N_("From so many points above the best on")))
        self.scale = ChoiceRow(words(N_("Points of")), (), optional=False)
        self.asked = ChoiceRow(words(N_("Ask")), asked, optional=False)
        self.wording = ChoiceRow(words(N_("Wording beside the rule")), wordings, optional=False)
        self.ready = wrapped("", "soft")
        self._who = wrapped("", "soft")
        self._build()

    def show_rule(self, settings: Settings, scales: tuple[RuleScale, ...], told: str = "") -> None:
        """Show the rule as it is stored; ``told`` says who sets it, where not who looks."""
        self._scales = {each.id: each for each in scales}
        self._who.setText(told)
        self._who.setVisible(bool(told))
        points = settings.relapse_points
        self.points.set_text("" if points == 0 else self._words.number(points))
        self.scale.show_choices(tuple(Choice(each.id, each.title) for each in scales))
        self.scale.set_value(settings.relapse_scale)
        self.asked.set_value(settings.relapse_asked)
        self.wording.set_value(settings.relapse_wording)
        self._show_ready()
        for part in (self.points, self.scale, self.asked, self.wording):
            part.setEnabled(not told)

    def read(self, settings: Settings) -> Settings:
        """Return settings with the rule that stands here; as it was where it cannot be."""
        try:
            points = self._points()
        except UserError as problem:
            self.points.show_problem(self._words.error(problem))
            return settings
        self.points.show_problem("")
        return replace(
            settings,
            relapse_points=points,
            relapse_scale=self.scale.value,
            relapse_asked=RelapseAsked(self.asked.value),
            relapse_wording=RelapseWording(self.wording.value),
        )

    def _build(self) -> None:
        self.add(wrapped(self._words(_TOLD), "soft"))
        for part in (self._who, self.points, self.scale, self.asked, self.wording, self.ready):
            self.add(part)
        self.points.edited.connect(self.edited)
        self.points.finished.connect(self.finished)
        for choice in (self.scale, self.asked, self.wording):
            choice.chosen.connect(self._on_chosen)

    def _points(self) -> Decimal:
        """Return the points that are typed, 0 for none; ``UserError`` where they cannot be."""
        text = self.points.text
        if not text:
            return Decimal(0)
        points = self._words.read_number(text)
        if not 0 < points <= MOST_POINTS:
            raise UserError(N_("Please give a number of points above 0 and up to 100, or none."))
        scale = self._scales.get(self.scale.value)
        if scale is not None and points > scale.highest:
            raise UserError(
                N_("No total of {scale} is above {highest}, so no rise is so large."),
                scale=scale.title,
                highest=self._words.number(scale.highest),
            )
        return points

    def _show_ready(self) -> None:
        told = WORDINGS.get(RelapseWording(self.wording.value))
        self.ready.setText("" if told is None else self._words(told))
        self.ready.setVisible(told is not None)

    @Slot(str)
    def _on_chosen(self, value: str) -> None:
        self._show_ready()
        self.finished.emit(value)
