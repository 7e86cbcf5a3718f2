"""Files that are wholly there or not at all."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from app.errors import UserError
from app.records.file.files import disk_guard, free_space, scratch_folder, write_whole


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "cannot be written to"),
     (errno.EACCES, "cannot be written to"), (errno.EIO, "did not take"),
     (errno.EMFILE, "open any more files"), (errno.ENFILE, "open any more files")],
)  # fmt: skip
def test_each_refusal_of_the_disk_has_its_sentence(code: int, words: str) -> None:
    """The sentence says what to do next."""
    with pytest.raises(UserError, match=words), disk_guard(Path("records")):
        raise OSError(code, os.strerror(code))


def test_an_error_without_a_number_is_told_too() -> None:
    """A library's own error of the disk is not a traceback."""
    with pytest.raises(UserError, match="did not take"), disk_guard(Path("records")):
        raise OSError


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """The new content is there and nothing else is left in the folder."""
    write_whole(tmp_path / "keys.json", b"old")
    write_whole(tmp_path / "keys.json", b"new")
    assert (tmp_path / "keys.json").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_a_file_that_cannot_be_replaced_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last step failing leaves the old content and no half-written file."""
    write_whole(tmp_path / "keys.json", b"old")

    def _refuse(_self: Path, _target: Path) -> Path:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(Path, "replace", _refuse)
    with pytest.raises(UserError, match="cannot be written to"):
        write_whole(tmp_path / "keys.json", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]
    assert (tmp_path / "keys.json").read_bytes() == b"old"


def test_a_scratch_folder_leaves_nothing(tmp_path: Path) -> None:
    """What a stopped process left is gone before, and what stays inside is gone after."""
    place = tmp_path / "copies" / ".new"
    place.mkdir(parents=True)
    (place / "left behind").touch()
    with scratch_folder(place) as scratch:
        assert list(scratch.iterdir()) == []
        (scratch / "half").touch()
    assert list(place.parent.iterdir()) == []


def test_a_scratch_folder_may_be_moved_away(tmp_path: Path) -> None:
    """What became whole keeps its new name."""
    with scratch_folder(tmp_path / ".new") as scratch:
        scratch.rename(tmp_path / "whole")
    assert [path.name for path in tmp_path.iterdir()] == ["whole"]


def test_the_room_of_a_disk_is_what_this_user_may_fill(tmp_path: Path) -> None:
    """Not what is kept back for others; without the folder nobody can say."""
    assert 0 < free_space(tmp_path) < shutil.disk_usage(tmp_path).total
    with pytest.raises(OSError, match="missing"):
        free_space(tmp_path / "missing")
