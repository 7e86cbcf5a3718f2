"""Imported first by the start: spares it two things that cost a sixth of the time to the list.

Until the window stands Python does not look for garbage: what is made while starting stays.
``app.start`` lets it look again. And Qt's bindings do not read the source of every module that
is imported after them: they look there for ``from __feature__``, which nothing here uses.
"""

import builtins
import gc

gc.disable()

import PySide6.QtCore  # noqa: E402, F401 - hooks itself into the import, so it comes before

builtins.__import__ = vars(builtins).get("__orig_import__", builtins.__import__)
