"""The program: ``oms-bedside``, or ``python -m app``."""

import gc
import sys


def main() -> int:
    """Run the command line of this process and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            # Names are kept as they are, whatever the terminal's own encoding is.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # the process's own streams are text files
    try:
        from app.cli.running import run  # noqa: PLC0415 - an early Ctrl+C is caught too
        from app.memory import keep_out_of_dumps  # noqa: PLC0415 - as above

        keep_out_of_dumps()
        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130
    finally:
        # What is left is let go at once; looking through it first takes as long as a command.
        gc.freeze()


if __name__ == "__main__":
    sys.exit(main())
