"""One JSON line a figure, with the floor that was measured in the same run."""

import json
import sys


def figure(name: str, value: float, unit: str, **more: object) -> None:
    """Print one figure; `floor` and `times_floor` where there is one."""
    line: dict[str, object] = {"figure": name, "value": round(value, 3), "unit": unit}
    floor = more.pop("floor", None)
    if isinstance(floor, float):
        line |= {"floor": round(floor, 3), "times_floor": round(value / floor, 2) if floor else None}
    sys.stdout.write(json.dumps(line | more) + "\n")
    sys.stdout.flush()
