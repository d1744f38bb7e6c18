"""Removes the local practice and its engines' data: `make demo-reset`."""

import shutil
import sys

from config.engines import EnginesBusyError, erase
from config.places import ENGINES, VAR_DIR


def main() -> int:
    """Erase everything under var/ that a demo made; backups and browsers stay."""
    try:
        erase(ENGINES)
    except EnginesBusyError:
        sys.stderr.write("Kept still runs from this folder: stop it first (Ctrl-C in its terminal).\n")
        return 1
    shutil.rmtree(VAR_DIR / "log", ignore_errors=True)
    for name in ("sandbox-state.json", "sandbox-token", "secret-key"):
        (VAR_DIR / name).unlink(missing_ok=True)
    sys.stdout.write("The demonstration practice is gone. make demo begins anew.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
