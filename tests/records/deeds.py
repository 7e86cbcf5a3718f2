"""What people do at the members of a meeting, at random, and what no honest store would write."""

from collections.abc import Callable, Iterator

from app.records.fold import CLOSED, THERE, Folded
from tests.records.meeting import GROUPS, PATIENTS, Cells, Key, Member, World, Write

Writes = Iterator[Write]
Deed = Callable[[Member], Writes]


def live(world: World, count: int) -> None:
    """Let all know a few rows, then things happen wherever; now and then something is sent."""
    for deed in (insert, insert, begin):
        _do(world.members[0], deed)
    world.meet()
    for _ in range(count):
        world.now += world.random.randrange(2)
        member = world.random.choice(world.members)
        if world.random.random() < 0.25:
            member.send_some(world.random.choice(world.members))
        else:
            act(member)


def act(member: Member) -> None:
    """Do one of the things that people do, where there is something to do it to."""
    _do(member, member.random.choices(list(DEEDS), list(DEEDS.values()))[0])


def _do(member: Member, deed: Deed) -> None:
    writes = list(deed(member))
    if not writes:
        return
    member.world.done[deed.__name__] += 1
    for kind, row, _before, _after, cells in writes:
        member.world.about.setdefault((kind, row), cells)
    member.step(writes)
    if deed is erase:
        member.send_without(member, member.random.choice(member.world.members))
    if deed is erase or any(_closes(after) for _kind, _row, _before, after, _cells in writes):
        member.undoable.clear()


def _closes(after: Cells | None) -> bool:
    return after is not None and after.get("state") in CLOSED


def settle(member: Member, found: Folded) -> None:
    """Decide everything that is in conflict, one way or the other."""
    for conflict in found.conflicts:
        key = (conflict.kind, conflict.row)
        named = member.held[conflict.entries[0]]
        cells = {"patient": named.patient, "scope": named.scope}
        row = member.rows.get(key)
        if row is None or conflict.group == THERE:
            whole = row or _some_cells(member, conflict.kind)
            is_back = conflict.group == THERE and member.random.random() < 0.5
            member.step([(*key, None, whole if is_back else None, cells)])
        else:
            columns = GROUPS[conflict.kind].get(conflict.group, (conflict.group,))
            member.step([_change(member, key, columns)])


def _about(member: Member, key: Key) -> Cells:
    return {name: member.world.about[key].get(name) for name in ("patient", "scope")}


def _change(member: Member, key: Key, columns: tuple[str, ...]) -> Write:
    """Write one group anew, each of its columns with the same word."""
    row, tag = member.rows[key], member.world.tag()
    before = {column: row.get(column) for column in columns}
    return (*key, before, {column: column + tag for column in columns}, _about(member, key))


def _some_cells(member: Member, kind: str) -> Cells:
    """Fill some groups of a new row and leave out the others."""
    tag = member.world.tag()
    some = [group for group in GROUPS[kind].values() if member.random.random() < 0.6]
    return {column: column + tag for columns in some for column in columns}


def _rows(member: Member, *kinds: str) -> list[Key]:
    return sorted(key for key in member.rows if key[0] in kinds)


def _patients(member: Member) -> list[bytes]:
    return sorted(set(PATIENTS) - member.erased())


def _is_open_here(member: Member, key: Key) -> bool:
    is_own = member.world.began[key[1]] == member.station
    return is_own and member.rows[key]["state"] == "draft"


def _visits(member: Member, *, open_here: bool) -> list[Key]:
    return [key for key in _rows(member, "visits") if _is_open_here(member, key) == open_here]


def insert(member: Member) -> Writes:
    """Add a dose, or a setting whose key another station may write too."""
    key = member.random.choice((b"site-1", b"site-2"))
    if member.random.random() < 0.3:
        if ("settings", key) not in member.rows:
            yield "settings", key, None, _some_cells(member, "settings"), {}
        return
    for patient in _patients(member)[:1] if member.random.random() < 0.7 else _patients(member):
        row = member.random.randbytes(16)
        yield "doses", row, None, _some_cells(member, "doses"), {"patient": patient}


def change(member: Member) -> Writes:
    """Change a group or two of a row; now and then a column that only a newer version has."""
    for key in _rows(member, "doses", "settings", "error_marks"):
        if member.random.random() < 0.5:
            groups = [*GROUPS[key[0]].values(), ("later",)]
            for columns in member.random.sample(groups, member.random.randint(1, 2)):
                yield _change(member, key, columns)
            return


def delete(member: Member) -> Writes:
    """Take a row away."""
    keys = _rows(member, "doses", "settings", "error_marks")
    if keys:
        key = member.random.choice(keys)
        yield (*key, dict(member.rows[key]), None, _about(member, key))


def undo(member: Member) -> Writes:
    """Take the last step back, its writes in reverse."""
    if member.undoable:
        step = member.undoable[-1].entry.step
        while member.undoable and member.undoable[-1].entry.step == step:
            told = member.undoable.pop()
            key = (told.entry.kind, told.entry.row)
            yield (*key, told.after, told.before, {**_about(member, key), "undoes": step})


def begin(member: Member) -> Writes:
    """Begin a visit version with an answer or two, or import one that is closed at once."""
    patients = _patients(member)
    if patients:
        visit, patient = member.random.randbytes(16), member.random.choice(patients)
        state = {"state": "imported"} if member.random.random() < 0.2 else {}
        cells = {"patient": patient, "scope": visit}
        member.world.began[visit] = member.station
        yield "visits", visit, None, {**_some_cells(member, "visits"), **FRESH, **state}, cells
        for item in member.random.sample(ITEMS, member.random.randint(0, 2)):
            yield "answers", visit + item, None, _some_cells(member, "answers"), cells


def answer(member: Member) -> Writes:
    """Choose, change or open an answer of an own draft."""
    visits = _visits(member, open_here=True)
    if visits:
        visit = member.random.choice(visits)
        key = ("answers", visit[1] + member.random.choice(ITEMS))
        if key not in member.rows:
            yield (*key, None, _some_cells(member, "answers"), _about(member, visit))
        elif member.random.random() < 0.7:
            yield _change(member, key, GROUPS["answers"]["answer"])
        else:
            yield (*key, dict(member.rows[key]), None, _about(member, key))


def sign(member: Member) -> Writes:
    """Sign an own draft; the same step writes beneath it before and after."""
    visits = _visits(member, open_here=True)
    if visits:
        key = member.random.choice(visits)
        answers = [one for one in _rows(member, "answers") if one[1].startswith(key[1])]
        signed = {"state": "signed", "signed_by": "ann"}
        before = {name: member.rows[key][name] for name in signed}
        changes = [_change(member, one, GROUPS["answers"]["answer"]) for one in answers]
        yield from changes[:1]
        yield (*key, before, signed, _about(member, key))
        yield from changes[1:]


def amend(member: Member) -> Writes:
    """Begin a new version of a closed visit, whoever began the old one."""
    closed = [key for key in _rows(member, "visits") if member.rows[key]["state"] in CLOSED]
    if closed:
        patient = _about(member, member.random.choice(closed))["patient"]
        version = member.random.randbytes(16)
        member.world.began[version] = member.station
        yield (
            "visits",
            version,
            None,
            {**FRESH, "note": "note"},
            {"patient": patient, "scope": version},
        )


def mark(member: Member) -> Writes:
    """Mark a visit as entered in error; any station may, at any time."""
    visits = _rows(member, "visits")
    if visits:
        visit = member.random.choice(visits)
        if ("error_marks", visit[1]) not in member.rows:
            cells = {"patient": _about(member, visit)["patient"]}
            yield "error_marks", visit[1], None, _some_cells(member, "error_marks"), cells


def _nothing_or_some(member: Member) -> Cells | None:
    return member.random.choice((None, {}))


def trespass(member: Member) -> Writes:
    """Write on a visit version that is not open here, or on a row in another patient's name."""
    visits, doses = _visits(member, open_here=False), _rows(member, "doses")
    if visits and member.random.random() < 0.7:
        visit = member.random.choice(visits)
        cells = {**_about(member, visit), "is_shown": False}
        item = visit[1] + member.random.choice(ITEMS)
        mine = {"state": "signed", "signed_by": "me", "note": "mine"}
        after = member.random.choice((None, mine, {"note": "mine"}))
        yield "answers", item, _nothing_or_some(member), _some_cells(member, "answers"), cells
        yield "visits", visit[1], _nothing_or_some(member), after, cells
    elif doses:
        cells = {"patient": STRANGER, "is_shown": False}
        yield (
            *member.random.choice(doses),
            {},
            member.random.choice((None, {"note": "x"})),
            cells,
        )


def erase(member: Member) -> Writes:
    """Erase a patient for good."""
    if len(_patients(member)) > 1:
        yield "erased", member.random.choice(_patients(member)), None, {}, {"is_shown": False}


STRANGER = b"X" * 16
ITEMS = (b"gait", b"eyes")
FRESH = {"state": "draft", "signed_by": ""}
DEEDS: dict[Deed, int] = {
    insert: 2, change: 12, delete: 2, undo: 2, begin: 2, answer: 4, sign: 2, amend: 1, mark: 3,
    trespass: 2, erase: 1,
}  # fmt: skip
