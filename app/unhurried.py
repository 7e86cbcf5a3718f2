"""Imported first by the start: while it imports, Python does not look for garbage.

What is imported stays, so there is none to find, and looking for it takes a fourteenth of the
time to the list of patients. ``app.start`` lets it look again.
"""

import gc

gc.disable()
