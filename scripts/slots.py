"""Write the style sheet that places cards on the timeline, since pages may carry no inline style."""

from pathlib import Path

SHEET = Path(__file__).resolve().parent.parent / "static/css/components/timeline-slots.css"
DAY_SLOTS = 24 * 12
LONGEST_SPAN_SLOTS = 12 * 12
HALF_HOUR_SLOTS = 6
MOST_COLUMNS = 40
HEAD = """/* Written by scripts/slots.py: where a card stands on the timeline, in slots of five minutes counted
   from the first one shown. Row 1 holds the clinicians, so slot 0 is row 2. Each slot has its own rule
   because the content security policy allows no style attribute. */

"""


def rules() -> list[str]:
    """One rule for each length of day, start and span."""
    days = [
        f'.timeline[data-slots="{n}"]{{grid-template-rows:3.75rem repeat({n},minmax(var(--slot),auto))}}'
        for n in range(HALF_HOUR_SLOTS, DAY_SLOTS + 1, HALF_HOUR_SLOTS)
    ]
    starts = [f'[data-start="{n}"]{{grid-row-start:{n + 2}}}' for n in range(DAY_SLOTS + 1)]
    spans = [f'[data-span="{n}"]{{grid-row-end:span {n}}}' for n in range(1, LONGEST_SPAN_SLOTS + 1)]
    columns = [f'.timeline>[data-column="{n}"]{{grid-column:{n + 1}}}' for n in range(1, MOST_COLUMNS + 1)]
    widths = [
        f'.timeline[data-columns="{n}"]{{grid-template-columns:3.5rem repeat({n},minmax(12.25rem,1fr))}}'
        for n in range(1, MOST_COLUMNS + 1)
    ]
    return days + starts + spans + columns + widths


if __name__ == "__main__":
    SHEET.write_text(HEAD + "@media (min-width:48rem){\n" + "\n".join(rules()) + "\n}\n")
