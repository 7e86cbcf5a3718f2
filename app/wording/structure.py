"""What is said where the file of the records is not built as this version builds it."""

from app.errors import NN_
from app.language import Words
from app.records.structure import Differences

_FEW = 3
_TOLD = NN_(
    "The file of the records is not built as this version builds it, in {count} place: {parts}. "
    "Something other than the app changed it, and may have changed what it holds. Run the check "
    "before you go on.",
    "The file of the records is not built as this version builds it, in {count} places, such as: "
    "{parts}. Something other than the app changed it, and may have changed what it holds. Run "
    "the check before you go on.",
)


def structure_words(found: Differences, words: Words) -> str:
    """Return what is said of what differs, the first few by name; nothing where nothing does."""
    if not found.all:
        return ""
    return words.plural(_TOLD, len(found.all), parts=words.several(found.all[:_FEW]))
