"""Joins the lock to what sees whether anybody is there."""

from app.clock import Machine
from app.screens.copying import Copying
from app.screens.desk import Desk
from app.screens.lock.control import LockControl
from app.screens.rooms import Rooms
from app.screens.window import Window
from widgets.stillness import Stillness


def watch(
    desk: Desk, window: Window, rooms: Rooms, copying: Copying, machine: Machine
) -> LockControl:
    """Return the lock of a window, which comes by itself from now on."""
    lock = LockControl(desk, window, rooms, copying)
    window.lock_requested.connect(lock.lock_by_hand)

    def wall() -> int:
        return desk.clock.now().milliseconds

    lock.stillness = Stillness(machine.ticks, wall, machine.asleep, lock)
    lock.stillness.still_for.connect(lock.look)
    lock.stillness.slept.connect(lock.sleep_over)
    lock.stillness.lock_pressed.connect(lock.lock_by_hand)
    lock.stillness.begin()
    return lock
