"""Removes the local practice and its engines' data: `make demo-reset`."""

import shutil
import sys
from pathlib import Path

from config.engines import EnginesBusyError, erase

VAR = Path(__file__).resolve().parents[1] / "var"


def main() -> int:
    """Erase everything under var/ that a demo made; backups and browsers stay."""
    try:
        erase(VAR / "engines")
    except EnginesBusyError:
        sys.stderr.write("Kept still runs from this folder: stop it first (Ctrl-C in its terminal).\n")
        return 1
    shutil.rmtree(VAR / "log", ignore_errors=True)
    for name in ("sandbox-state.json", "sandbox-token", "secret-key"):
        (VAR / name).unlink(missing_ok=True)
    sys.stdout.write("The demonstration practice is gone. make demo begins anew.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
