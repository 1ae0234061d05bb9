"""The house's colours for what is drawn, always on light ground: read from the one stylesheet that names them."""

import re
from pathlib import Path

STYLESHEET = Path(__file__).parent / "static" / "spotlight" / "colours.css"
LIGHT = dict(re.findall(r"--([\w-]+): (?:light-dark\()?(#[0-9a-f]{3,6})", STYLESHEET.read_text()))
INK, SOFT, ACCENT, SPOT, PAPER = (LIGHT[name] for name in ("ink", "ink-soft", "deep-solid", "spot", "paper-warm"))
