"""How the command line ends: one sentence, its status, and never a traceback."""

import errno
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.running import run
from app.errors import Bug
from app.paths import ROOT
from tests.app.conftest import SECRET, Command

PROGRAM = (sys.executable, "-m", "app")


def _start(*arguments: str, **environment: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["--nonsense"],
        ["scales", "--nonsense"],
        ["scales", "extra"],
        ["trend"],
        ["chart", "P1"],
        ["report", "nurse", "P1", "--out", "x.pdf"],
        ["report", "family", "P1", "--out", "x.pdf", "--paper", "a3"],
        ["--as-of", "2025-01", "scales"],
        ["--as-of", "2025-02-30", "scales"],
        ["--as-of", "yesterday", "scales"],
        ["--as-of", "", "scales"],
        ["--data"],
        # ConfirmedQuestion for later releases, so refused like anything unknown.
        ["backup"],
        ["backups"],
        ["restore", "x"],
        ["agreement", "sara", "--json"],
        ["cohort", "--agent", "ivig", "--scale", "oms", "--json"],
        ["report", "day", "2025-01-01", "--out-dir", "x"],
        ["scales", "--language", "de"],
        ["--user", "Ada", "patients"],
    ],
)
def test_a_wrong_line_is_one_sentence(command: Command, arguments: list[str]) -> None:
    """On standard error, without usage text; exit 2."""
    told = command(*arguments)
    assert (told.status, told.out) == (2, "")
    assert len(told.err.splitlines()) == 1
    assert "Usage" not in told.err


@pytest.mark.parametrize("arguments", [["--help"], ["trend", "--help"]])
def test_help_is_no_error(command: Command, arguments: list[str]) -> None:
    """Asked for, it comes on standard output."""
    told = command(*arguments)
    assert (told.status, told.err) == (0, "")
    assert told.out.startswith("Usage: oms-bedside")


def test_a_bug_is_one_sentence_and_a_line_of_the_log(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 1; the log names lines of code and never what was typed."""

    def fail(*_args: object, **_values: object) -> None:
        raise RuntimeError("Amira Haddad")

    monkeypatch.setattr("app.cli.scoring.scales_text", fail)
    told = command("scales")
    assert (told.status, told.out, len(told.err.splitlines())) == (1, "", 1)
    log = (tmp_path / "log" / "faults.log").read_text("utf-8")
    assert "RuntimeError" in log
    assert "app/cli/commands.py" in log
    assert "Amira" not in log + told.err


def test_a_fault_that_we_know_of_is_a_bug_too(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a log that cannot be written does not make a second one."""

    def fail(*_args: object, **_values: object) -> None:
        raise Bug("This cannot be.")

    (tmp_path / "file").write_text("")
    monkeypatch.setattr("app.cli.scoring.scales_text", fail)
    monkeypatch.setattr("app.cli.fault_log.log_folder", lambda: tmp_path / "file")
    assert command("scales").status == 1


def test_no_display_is_one_sentence(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of an abort of the toolkit."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    told = command()
    assert (told.status, told.err) == (
        2,
        "There is no display here, so the window cannot open.\n",
    )


def test_without_a_command_the_window_opens(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the given folder and day, with the passphrase and who it is; its status is ours."""
    asked: list[object] = []

    def run_window(
        data: Path | None, *, demo: bool, as_of: object, secret: str | None, user: str
    ) -> int:
        asked.append((data, demo, str(as_of), secret, user))
        return 0

    monkeypatch.setattr("app.start.run_window", run_window)
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", SECRET)
    given = ("--data", tmp_path, "--as-of", "2025-01-31", "--user", "Ada")
    assert command(*given).status == 0
    assert command("--demo").status == 0
    assert asked == [
        (tmp_path, False, "2025-01-31", SECRET, "Ada"),
        (None, True, "None", None, ""),
    ]


@pytest.mark.parametrize(("lacking", "status"), [("Missing: libegl1.", 2), ("", 1)])
def test_a_missing_library_is_told_with_what_mends_it(
    command: Command,
    demo_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lacking: str,
    status: int,
) -> None:
    """One sentence where a library of the system is missing; else it is a bug."""
    monkeypatch.setitem(sys.modules, "app.start", None)
    monkeypatch.delattr("app.start", raising=False)
    monkeypatch.setattr("app.cli.window.problem", lambda: lacking)
    out = tmp_path / "x.png"
    told = command("--data", demo_folder, "chart", "DEMO-1", "--out", out)
    assert (told.status, told.out, len(told.err.splitlines())) == (status, "", 1)


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    """As with ``| head``: no traceback, nothing said, exit 0."""
    process = _start("scales", "--json")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_an_interrupt_ends_at_once(locked_folder: Path, tmp_path: Path) -> None:
    """Exit 130, without a traceback."""
    pipe = tmp_path / "secret"
    os.mkfifo(pipe)
    # A child of tests that run in the background would be deaf to it, as they are.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = _start("--data", str(locked_folder), "--passphrase-file", str(pipe), "patients")
    signal.signal(signal.SIGINT, before)
    # Opening for writing waits until the program reads, which it does until somebody writes.
    with pipe.open("wb"):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in err


def test_names_are_printed_as_they_are_in_a_plain_terminal() -> None:
    """Whatever the terminal's own encoding is, the output is UTF-8."""
    process = _start("score", "oms", "gait=é", LC_ALL="C", PYTHONIOENCODING="ascii")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, b"")
    assert "“é”" in err.decode("utf-8")


def test_help_and_scales_answer_without_the_heavy_libraries() -> None:
    """Neither Qt nor the database nor the page maker is imported for them."""
    code = (
        "import sys; from app.__main__ import main; sys.argv = ['x', 'scales']; main(); "
        "heavy = {'PySide6', 'sqlcipher3', 'reportlab', 'babel', 'cryptography'}; "
        "sys.exit(3 if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0


def test_trend_and_visit_answer_without_window_and_page_maker() -> None:
    """What is told as JSON or as plain text waits for neither."""
    code = (
        "import sys; import app.cli.course; "
        "sys.exit(3 if {'PySide6', 'reportlab', 'babel'} & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0


def test_an_interrupt_in_a_command_is_told_by_its_status(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """130, and no sentence about a bug."""

    def interrupt(*_args: object, **_values: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.cli.scoring.scales_text", interrupt)
    told = command("scales")
    assert (told.status, told.out, told.err.strip()) == (130, "", "")


class Gone(io.StringIO):
    """An output that takes nothing: nobody reads it any more, or its disk is full."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__()
        self._file = path.open("wb")
        self._error = error

    def write(self, _text: str) -> int:
        """Fail as a pipe or a full disk does."""
        raise self._error

    def fileno(self) -> int:
        """Return a file that may be put aside."""
        return self._file.fileno()

    def close(self) -> None:
        """Close the file too."""
        self._file.close()
        super().close()


def test_an_output_that_nobody_reads_is_put_aside(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that Python does not complain once more when it ends."""
    gone = Gone(tmp_path / "gone", BrokenPipeError())
    monkeypatch.setattr("sys.stdout", gone)
    status = run(["scales"])
    monkeypatch.undo()
    gone.close()
    assert status == 0
    assert command("scales").status == 0


def test_an_output_that_is_full_is_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The caller can mend it: exit 2."""
    full = Gone(tmp_path / "full", OSError(errno.ENOSPC, "No space left on device"))
    monkeypatch.setattr("sys.stdout", full)
    status = run(["scales"])
    monkeypatch.undo()
    full.close()
    assert status == 2
    assert capsys.readouterr().err == "The answer cannot be written: No space left on device.\n"


def test_an_output_that_is_closed_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost in silence: exit 2."""
    monkeypatch.setattr("sys.stdout", None)
    status = run(["scales"])
    monkeypatch.undo()
    assert status == 2
    assert "standard output is closed" in capsys.readouterr().err
