"""The way through the window: where one is, and the way back."""

from PySide6.QtCore import QObject, Signal

from app.screens.places import PatientsPlace, Place


class Navigation(QObject):
    """Remembers the way to the present place; whoever shows places listens to ``went``."""

    went = Signal(object)  # Place

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place: Place = PatientsPlace()
        self._way: tuple[Place, ...] = ()

    @property
    def place(self) -> Place:
        """Where one is."""
        return self._place

    def go(self, place: Place) -> None:
        """Go to a place and keep the present one for ``back``; the list is always the start."""
        is_other = place != self._place
        way = (*self._way, self._place) if is_other else self._way
        self._arrive(place, () if isinstance(place, PatientsPlace) else way)

    def replace(self, place: Place) -> None:
        """Go to a place instead of the present one: ``back`` will not lead here again."""
        way = self._way[:-1] if self._way[-1:] == (place,) else self._way
        self._arrive(place, () if isinstance(place, PatientsPlace) else way)

    def back(self) -> None:
        """Go to the place before; from the first one to the list of patients."""
        if self._way:
            self._arrive(self._way[-1], self._way[:-1])
        else:
            self._arrive(PatientsPlace(), ())

    def _arrive(self, place: Place, way: tuple[Place, ...]) -> None:
        self._place = place
        self._way = way
        self.went.emit(place)
