"""What the system may keep of this process's memory: nothing, since the key is there.

A crash would else leave the key of the records, and names, in a file that somebody sends on.
"""

from contextlib import suppress


def keep_out_of_dumps() -> None:
    """Let a crash of this process leave no image of its memory, where the system can be told."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
