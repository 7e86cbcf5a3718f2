"""What is measured for starting: a process that ends once the patient list can be used."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.start import run_window

if __name__ == "__main__":
    sys.exit(run_window(data=Path(sys.argv[1]), demo=False, on_ready=QApplication.quit))
