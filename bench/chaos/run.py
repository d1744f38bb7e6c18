"""The proof's command: `python -m bench chaos --messages N --kills K --json`."""

import argparse
import os
import sys
from importlib import import_module

from bench.chaos.stage import fresh_engines


def main(arguments: list[str]) -> int:
    """Run once and print the verdict; 0 if the promise was kept."""
    parser = argparse.ArgumentParser(prog="python -m bench chaos")
    parser.add_argument("--messages", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--races", type=int, default=100, help="sessions changed as their text is due")
    parser.add_argument("--speed", type=float, default=20.0, help="how many times as fast the clock runs")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--mutation", default="", help="a rule to leave out: the run must then fail")
    parser.add_argument("--json", action="store_true")
    wishes = parser.parse_args(arguments)
    with fresh_engines() as engines:
        os.environ |= engines.environment() | {
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "KEPT_LOG_LEVEL": "ERROR",
            "KEPT_CHAOS_MUTATION": wishes.mutation,
            "KEPT_CHAOS_SEED": str(wishes.seed),
        }
        # Django, and all that needs it, once it can know its database.
        is_kept: bool = import_module("bench.chaos.play").play(engines, wishes)
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
