"""``init``: a new data folder, its first user, its recovery code once."""

import io
import re
from pathlib import Path

import pytest

from app.errors import UserError
from app.records.keys.keyfile import Cost
from app.records.store import Store
from tests.app.conftest import SECRET, Command

CODE = re.compile(r"Recovery code: (\S+)")


class Terminal(io.StringIO):
    """A terminal at which the given lines are typed."""

    def isatty(self) -> bool:
        """Say that somebody can answer."""
        return True


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the derivation of keys short."""
    cheap = Cost(passes=1, memory_kib=128, lanes=1)
    monkeypatch.setattr("app.records.folder.create_folder.__kwdefaults__", {"cost": cheap})


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a passphrase into the environment."""
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", SECRET)


@pytest.mark.usefixtures("secret")
def test_a_new_folder_opens_with_its_passphrase_and_its_code(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code is printed once, and both open the records."""
    told = command("--data", tmp_path / "new", "init", "--name", "Ada", "--role", "nurse")
    assert (told.status, told.err) == (0, "")
    (code,) = CODE.findall(told.out)
    assert command("--data", tmp_path / "new", "patients").status == 0
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", code)
    assert command("--data", tmp_path / "new", "patients").status == 0


@pytest.mark.usefixtures("secret")
def test_a_folder_that_holds_data_is_refused(command: Command, demo_folder: Path) -> None:
    """Before anything is asked."""
    told = command("--data", demo_folder, "init")
    assert (told.status, told.out) == (2, "")
    assert told.err.splitlines() == [f"{demo_folder} already holds data."]


def test_a_demo_is_not_begun_anew(command: Command) -> None:
    """It has its data already."""
    told = command("--demo", "init", "--name", "Ada", "--role", "nurse")
    assert (told.status, len(told.err.splitlines())) == (2, 1)


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("arguments", [[], ["--name", "Ada"], ["--role", "nurse"]])
def test_without_a_terminal_name_and_role_are_needed(
    command: Command, tmp_path: Path, arguments: list[str]
) -> None:
    """One sentence, and nothing is made."""
    told = command("--data", tmp_path / "new", "init", *arguments)
    assert told.status == 2
    assert told.err.splitlines() == ["A new data folder needs --name and --role."]
    assert not (tmp_path / "new").exists()


def test_without_a_terminal_a_passphrase_is_needed(command: Command, tmp_path: Path) -> None:
    """One sentence, and nothing is made."""
    told = command("--data", tmp_path / "new", "init", "--name", "Ada", "--role", "nurse")
    assert (told.status, len(told.err.splitlines())) == (2, 1)
    assert not (tmp_path / "new").exists()


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("arguments", [["--name", " ", "--role", "nurse"], ["--role", "boss"]])
def test_a_name_and_a_known_role_are_needed(
    command: Command, tmp_path: Path, arguments: list[str]
) -> None:
    """One sentence each."""
    told = command("--data", tmp_path / "new", "init", *arguments)
    assert (told.status, told.out, len(told.err.splitlines())) == (2, "", 1)


@pytest.mark.usefixtures("secret")
def test_a_folder_that_a_cloud_synchronises_is_refused_unless_that_is_accepted(
    command: Command, tmp_path: Path
) -> None:
    """The reason is said and nothing is made; once accepted, each command goes on saying it."""
    folder = tmp_path / "Dropbox" / "data"
    making = ("--data", folder, "init", "--name", "Ada", "--role", "nurse")
    told = command(*making)
    assert (told.status, told.out, len(told.err.splitlines())) == (2, "", 1)
    assert "that Dropbox synchronises" in told.err
    assert "--accept-risk" in told.err
    assert not folder.exists()
    assert command(*making, "--accept-risk").status == 0
    told = command("--data", folder, "patients")
    assert told.status == 0
    assert told.err.count("that Dropbox synchronises") == len(told.err.splitlines()) == 1


def test_a_weak_passphrase_is_refused(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, and nothing is left behind."""
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", "short")
    told = command("--data", tmp_path / "new", "init", "--name", "Ada", "--role", "nurse")
    assert (told.status, len(told.err.splitlines())) == (2, 1)
    assert not (tmp_path / "new" / "records.db").exists()


def test_what_is_not_given_is_asked_for(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Name, role, and the passphrase twice."""
    monkeypatch.setattr("sys.stdin", Terminal("Ada\nnurse\n"))
    monkeypatch.setattr("getpass.getpass", lambda _question: SECRET)
    told = command("--data", tmp_path / "new", "init")
    assert told.status == 0
    assert CODE.search(told.out)


@pytest.mark.parametrize(
    "typed", ["", "x", "password12", "😀" * 12, f"{SECRET}\u200b", SECRET * 500]
)
def test_a_passphrase_that_protects_too_little_is_told_before_it_is_typed_again(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    """One sentence; it is asked for once, and nothing is made."""
    answers = iter([typed])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda _question: next(answers))
    told = command("--data", tmp_path / "new", "init", "--name", "Ada", "--role", "keeper")
    assert (told.status, told.out, len(told.err.splitlines())) == (2, "", 1)
    assert not (tmp_path / "new").exists()


def test_two_passphrases_that_differ_are_refused(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip of the finger must not lock anybody out."""
    answers = iter([SECRET, SECRET + "!"])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda _question: next(answers))
    told = command("--data", tmp_path / "new", "init", "--name", "Ada", "--role", "keeper")
    assert (told.status, told.err) == (2, "The two passphrases differ; please start again.\n")


@pytest.mark.usefixtures("secret")
def test_the_code_is_told_even_if_no_copy_can_be_made(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept nowhere else."""
    close = Store.close

    def complain(store: Store) -> None:
        close(store)
        raise UserError("No copy was made.")

    monkeypatch.setattr(Store, "close", complain)
    told = command("--data", tmp_path / "new", "init", "--name", "Ada", "--role", "nurse")
    assert (told.status, told.err) == (2, "No copy was made.\n")
    assert CODE.search(told.out)
