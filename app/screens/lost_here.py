"""What was lost from the records that are open, in words."""

from app.screens.desk import Desk


def lost_here(desk: Desk) -> str:
    """Say what a copy holds and the records do not, or else what is nowhere; empty for nothing."""
    for ahead in desk.store.copies.ahead()[:1]:
        from app.wording.copies import ahead_here_words  # noqa: PLC0415 - when something was lost

        return ahead_here_words(ahead, desk.words)
    missed = desk.store.copies.missed()
    if missed is None:
        return ""
    from app.wording.copies import missed_words  # noqa: PLC0415 - as above

    return missed_words(missed, desk.words)
