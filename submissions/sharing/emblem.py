"""The site's sign, a beam and its light, drawn in any size from the same measures as `icon.svg`."""

import math
from functools import lru_cache

from PIL import Image, ImageDraw

BEAM, DISC = "#0a4d68", "#f2a900"
GRID = 32  # the sign's own measure
FINER = 4  # drawn larger, then made smaller, for smooth edges
_BACK = [(16.11 + 9 * math.cos(math.radians(a)), 18.59 + 9 * math.sin(math.radians(a))) for a in range(9, 126, 6)]
_OUTLINE = [(3, 3), (11, 3), (25, 20), *_BACK, (11, 26)]


@lru_cache(maxsize=8)
def emblem(size, ground=None):
    """An image `size` pixels wide, transparent or on a ground colour that leaves a margin all round."""
    side = size * FINER
    margin = side // 8 if ground else 0
    scale = (side - 2 * margin) / GRID
    image = Image.new("RGBA", (side, side), ground or (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    pen.polygon([(margin + x * scale, margin + y * scale) for x, y in _OUTLINE], fill=BEAM)
    corners = [margin + at * scale for at in (19 - 8, 22 - 8, 19 + 8, 22 + 8)]
    pen.ellipse(corners, fill=DISC)
    return image.resize((size, size), Image.Resampling.LANCZOS)
