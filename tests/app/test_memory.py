"""What a crash leaves behind: no image of the memory."""

import subprocess
import sys

import pytest

from app.paths import ROOT

_COMMAND = "from app.__main__ import main; sys.argv = ['x', 'scales']; main()"
_TRYOUT = """
import app.tryout
app.tryout.has_display = lambda: True
import app.start
app.start.run_window = lambda **_given: 0
app.tryout.main()
"""
_TELL = "print(resource.getrlimit(resource.RLIMIT_CORE), file=sys.stderr)"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("way_in", [_COMMAND, _TRYOUT])
def test_core_dumps_are_off_whichever_way_the_app_starts(way_in: str) -> None:
    """The limit is zero, and nothing that the process starts can raise it again."""
    program = "\n".join(("import resource, sys", way_in, _TELL))
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr.splitlines()[-1] == "(0, 0)"
