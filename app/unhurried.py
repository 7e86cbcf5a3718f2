"""Imported first by the start: until the window stands, Python does not look for garbage.

What is made while starting stays, so there is none to find, and looking for it takes a
fourteenth of the time to the list of patients. ``app.start`` lets it look again.
"""

import gc

gc.disable()
