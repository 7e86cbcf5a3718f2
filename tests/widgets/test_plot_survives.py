"""The bindings survive: a process that calls and repaints very often ends as it should."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_thousands_of_calls_and_repaints_end_normally() -> None:
    """30,000 void calls and 500 repaints of the trend chart do not abort the process."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(HERE.parents[1]),
    }
    done = subprocess.run(
        [sys.executable, str(HERE / "repaint_plot.py")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "done"), done.stderr[-2000:]
