"""Imported before the rest of the start: gives Python back its own ``import``.

Qt's bindings read the source of every module that is imported after them, a twentieth of the
time to the list of patients. They look there for ``from __feature__``, which nothing here uses.
"""

import builtins

import app.unhurried  # noqa: F401 - Qt's bindings take their time as well

# isort: split
import PySide6.QtCore  # noqa: F401 - replaces the import, so it comes before

builtins.__import__ = vars(builtins).get("__orig_import__", builtins.__import__)
