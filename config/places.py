"""Where this installation lies, and where it may write."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Another folder gives another practice on the same code, for trials.
VAR_DIR = Path(os.environ.get("KEPT_VAR_DIR") or ROOT / "var").absolute()
ENGINES = VAR_DIR / "engines"
