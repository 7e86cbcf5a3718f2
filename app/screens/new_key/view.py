"""A new key as the page shows it: what it is for, what can go, what still opens with an older."""

from collections.abc import Collection
from pathlib import Path

from msgspec import Struct

from app.clock import Moment
from app.errors import N_
from app.language import Words
from app.records.copies.backup import Copy
from app.records.copies.second_place import LeftElsewhere
from app.screens.ask import Loss
from app.screens.recovery import CodeView
from app.wording.copies import left_behind_words

_WHAT_FOR = N_(
    "Whoever has an older copy of these records, and the passphrase or recovery code of its day, "
    "can open today's records with them. A new key ends that: records and copies are encrypted "
    "anew. Everybody's passphrase of today goes on working. The recovery code of today ends; "
    "you get a new one."
)
_FIRST = N_(
    "Did somebody's passphrase become known? Then this person needs another one first, or it "
    "opens the new key too."
)
_ELSEWHERE = N_(
    "In the second place a new copy replaces the older ones, as soon as it is there. Copies that "
    "you keep elsewhere are not renewed: make new ones there afterwards and remove the old ones."
)
_CODE = N_(
    "The new key counts. If every passphrase is forgotten, only this code opens the records. It "
    "is shown this once; the code from before opens nothing any more. Write it down or print it, "
    "and keep it away from this computer."
)


class NewKeyView(Struct, frozen=True):
    """The page. ``told`` says what a new key is for; ``refused`` why none can be made, if so.

    ``surplus`` offers to remove copies instead of renewing them, empty where there are none;
    ``left_behind`` are the places that an older key still opens, those in the data folder from
    there on; ``left_behind_told`` is empty where nothing is left.
    """

    told: tuple[str, ...]
    refused: str
    surplus: str
    left_behind_told: str
    left_behind: str


class Found(Struct, frozen=True):
    """What a new key would meet in a data folder."""

    folder: Path
    surplus: tuple[Copy, ...] = ()
    left_behind: tuple[Path, ...] = ()
    elsewhere: LeftElsewhere | None = None


def new_key_view(found: Found, refused: str, words: Words) -> NewKeyView:
    """Show what a new key is for; where it is refused, why."""
    count, elsewhere = len(found.surplus), found.elsewhere
    left = (*found.left_behind, *(() if elsewhere is None else elsewhere.files))
    return NewKeyView(
        told=tuple(map(words, (_WHAT_FOR, _FIRST, _ELSEWHERE))),
        refused=refused,
        surplus=words(N_("Remove older copies instead of renewing them ({count})"), count=count)
        if count
        else "",
        left_behind_told=left_behind_words(found.left_behind, words, elsewhere),
        left_behind="\n".join(_place_of(path, found.folder) for path in left),
    )


def _place_of(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)


def removing(surplus: Collection[Copy], offset_minutes: int, words: Words) -> Loss:
    """Return the question before copies go for good, each by its moment."""
    told = (words.moment(Moment(copy.moment, offset_minutes)) for copy in surplus)
    return Loss(
        words(N_("Remove these copies?")),
        words(
            N_(
                "Copies of these moments go for good once the new key counts: {copies}. Those of "
                "the last two days, weeks and months stay and are renewed."
            ),
            copies=words.several(told),
        ),
        words(N_("Remove and make a new key")),
    )


def code_view(code: str, words: Words) -> CodeView:
    """Show the code that opens the new key."""
    return CodeView(words(N_("Your new recovery code")), words(_CODE), code)
