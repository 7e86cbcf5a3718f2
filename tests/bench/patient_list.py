"""What is measured for starting: a process that ends once the patient list can be used."""

import os
import sys
from pathlib import Path

from app.start import run_window


def end() -> None:
    """End at once: what closing costs is not part of starting."""
    os._exit(0)


if __name__ == "__main__":
    sys.exit(run_window(data=Path(sys.argv[1]), demo=False, on_ready=end))
