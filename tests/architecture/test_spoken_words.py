"""Words of the catalogue stay whole: nothing cuts them, changes their letters or glues them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

from app.paths import FONTS

ROOT = Path(__file__).resolve().parents[2]
SPEAKING = (
    "app/drawing",
    "app/wording",
    "app/trends",
    "app/reports",
    "app/screens",
    "app/cli",
    "widgets",
)
ALONE = ("app/language.py", "app/formats.py", "app/bidi.py", "app/lettering.py")
CUTTING = {
    "lower", "upper", "capitalize", "title", "swapcase", "casefold", "partition", "rpartition",
    "split", "rsplit", "splitlines", "removeprefix", "removesuffix",
}  # fmt: skip
LAYOUT = {"", "\n", "<br/>"}
"""What may stand between texts without being one: nothing, and a new line."""
KNOWN = {
    ("app/language.py", "join", "' · '"): "the one place for facts with dots between them",
    ("app/language.py", "join", "' '"): "the one place for sentences one after another",
    ("app/formats.py", "join", "', '"): "English itself",
    ("app/formats.py", "lower", "name[:1]"): "English itself",
    ("app/cli/answer.py", "join", "'  '"): "columns of a table",
    ("app/cli/answer.py", "lower", "path.suffix"): "a file's name",
    ("app/cli/given.py", "removeprefix", "name"): "an option's name",
    ("app/cli/scoring.py", "partition", "pair"): "KEY=VALUE as typed",
    ("app/cli/secret.py", "removesuffix", "text"): "a line of a file",
    ("app/cli/secret.py", "removesuffix", "text.removesuffix('\\n')"): "a line of a file",
    ("app/bidi.py", "split", "_EDGES"): "the order of letters on paper",
    ("app/lettering.py", "split", "_BREAKS"): "lines of a text",
    ("app/reports/picture.py", "lower", "path.suffix"): "a file's name",
    ("app/reports/picture.py", "removeprefix", "path.suffix.lower()"): "a file's name",
    ("app/reports/vector.py", "join", "' '"): "numbers of a drawing",
    ("app/reports/textblock.py", "splitlines", "text"): "lines on paper",
    ("app/screens/ask.py", "removeprefix", "Path(suggested).suffix"): "a file's name",
    ("app/screens/chart/view.py", "join", "'   '"): "signs with the names of raters",
    ("app/screens/history/reading.py", "split", "fold(asked.text)"): "what was typed to search",
    ("app/screens/patients/delegate.py", "join", "' · '"): "short marks below a name",
    ("app/screens/patients/searching.py", "split", "folded"): "what was typed to search",
    ("app/trends/axis.py", "split", "time"): "a stored time",
    ("app/trends/since.py", "casefold", "treatment.facts.note.strip()"): "a typed name as a key",
    ("app/wording/people.py", "split", "drawn(text)"): "what was typed, as one line",
    ("app/wording/people.py", "join", "' '"): "what was typed, as one line",
    ("widgets/banner.py", "split", "self._told"): "facts that are set on two lines",
    ("widgets/banner.py", "join", "_BETWEEN"): "facts that are set on two lines",
    ("widgets/labels.py", "removesuffix", "self.text()"): "a name before its family name",
    ("widgets/plot_bubble.py", "split", "words"): "lines of a bubble",
}
"""The calls that touch no text of the catalogue, or are the one place for what they do."""


def _sources() -> Iterator[Path]:
    for folder in SPEAKING:
        yield from sorted((ROOT / folder).rglob("*.py"))
    yield from (ROOT / name for name in ALONE)


def _calls(path: Path) -> Iterator[tuple[str, str, str]]:
    name = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        holder, called = node.func.value, node.func.attr
        is_layout = isinstance(holder, ast.Constant) and (
            isinstance(holder.value, bytes) or holder.value in LAYOUT
        )
        if called in CUTTING or (called == "join" and not is_layout):
            yield name, called, ast.unparse(holder)


def test_no_text_is_cut_or_glued() -> None:
    """Only the known places do it, and each of them is still there."""
    found = {call for path in _sources() for call in _calls(path)}
    assert found == KNOWN.keys()


def _asks(node: ast.AST) -> bool:
    """Whether a text of the catalogue is asked for in this piece of code."""
    called = (part.func for part in ast.walk(node) if isinstance(part, ast.Call))
    return any(ast.unparse(func).rpartition(".")[2].endswith("words") for func in called)


def _glues(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr):
        told = [part for part in node.values if isinstance(part, ast.FormattedValue)]
        around = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        asked = sum(map(_asks, told))
        return asked > 1 or (asked == 1 and any(sign.isalnum() for sign in around))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        sides = (node.left, node.right)
        has_text = any(isinstance(side, ast.Constant | ast.JoinedStr) for side in sides)
        return has_text and any(map(_asks, sides))
    return False


def test_no_text_is_put_beside_another_in_a_line_of_code() -> None:
    """A text with places is asked for instead; a sign before a text is no text."""
    glued = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        for path in _sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _glues(node)
    ]
    assert glued == []


def test_glue_is_seen() -> None:
    """What the walk looks for is found where it stands."""
    bad = ('f"{words(a)}, or {words(b)}"', 'f"about {words(a)}"', '"no " + words(a)')
    good = ('f"{SIGN} {words(a)}"', 'f"about {a}"', "first + second")
    told = [any(map(_glues, ast.walk(ast.parse(text)))) for text in (*bad, *good)]
    assert told == [True] * len(bad) + [False] * len(good)


def test_every_letter_of_a_text_is_in_a_bundled_font() -> None:
    """Any other is a box on paper, and on a screen whatever that machine has."""
    held = {"\n", "\N{MINUS SIGN}"}  # the minus is set as a dash of the same width
    for path in FONTS.glob("*.ttf"):
        with TTFont(path) as font:
            held |= {chr(code) for code in font.getBestCmap()}
    unseen = {
        (path.relative_to(ROOT).as_posix(), letter)
        for path in _sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"N_", "NN_"}
        for text in ast.walk(node)
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
        for letter in text.value
        if letter not in held
    }
    assert unseen == set()
