"""What `make run` does: the window on demo data, or the journey where there is no display."""

import os
import sys
from pathlib import Path

from app.memory import keep_out_of_dumps
from app.prerequisites import has_display

OUTPUT = Path("demo-output")


def main() -> int:
    """Open the window on a throw-away copy of the demo, or play the journey; return the status."""
    keep_out_of_dumps()
    if has_display():
        from app.start import run_window  # noqa: PLC0415 - Qt only where there is a display

        return run_window(data=None, demo=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.stdout.write(f"There is no display here, so the demo plays unseen into {OUTPUT}/.\n")
    from app.journey import play  # noqa: PLC0415 - Qt reads its platform when it is imported

    return play(OUTPUT)


if __name__ == "__main__":
    sys.exit(main())
