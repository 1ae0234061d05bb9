"""What is drawn, in the house's colours: preview images of 1200 × 630, legible when a chat shows them 300 wide."""

import io
import math
import re
from functools import lru_cache

import fontpkg
from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 64
BAR = 14
LINE_WIDTH = WIDTH - 2 * MARGIN
COLOURS = 64
BOLD, MEDIUM = 700, 500
LEADING = 1.18
GAP = 22
TITLE_SIZES = range(88, 14, -6)
TOP = 132  # below the name of the site
GRID = 32  # the sign's own measure
FINER = 4  # drawn larger, then reduced, for smooth edges
_BACK = [(16.11 + 9 * math.cos(math.radians(a)), 18.59 + 9 * math.sin(math.radians(a))) for a in range(9, 126, 6)]
_OUTLINE = [(3, 3), (11, 3), (25, 20), *_BACK, (11, 26)]
# The one stylesheet that names the colours; what is drawn is always on light ground.
STYLESHEET = settings.ROOT / "spotlight" / "static" / "spotlight" / "colours.css"
LIGHT = dict(re.findall(r"--([\w-]+): (?:light-dark\()?(#[0-9a-f]{3,6})", STYLESHEET.read_text()))
INK, SOFT, ACCENT, SPOT, PAPER = (LIGHT[name] for name in ("ink", "ink-soft", "deep-solid", "spot", "paper-warm"))


def draw(card):
    """The PNG of a card, as bytes."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, BAR), fill=SPOT)
    mark = emblem(56)
    image.paste(mark, (MARGIN, 46), mark)
    pen.text((MARGIN + 74, 74), "Practice Spotlight", font=font(36, BOLD), fill=INK, anchor="lm")
    floor = HEIGHT - 52
    for block in _blocks(card):
        block.draw(pen, floor)
        floor -= block.height + GAP
    _draw_title(pen, card, floor)
    file = io.BytesIO()
    # A few flat colours and their edges: a palette makes the file a third as large, and nobody can see it.
    image.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG", compress_level=6)
    return file.getvalue()


class Block:
    """Lines of one size, the last of which ends at the height it is drawn at."""

    bar = False

    def __init__(self, text, sizes, weight, colour, most_lines=2, indent=0):
        self.colour, self.indent = colour, indent
        self.size, self.lines = fitted(
            text, sizes, weight, LINE_WIDTH - indent, lambda size, lines: len(lines) <= most_lines
        )
        self.font = font(self.size, weight)

    @property
    def height(self):
        return round(len(self.lines) * self.size * LEADING)

    def draw(self, pen, floor):
        top = floor - self.height
        for n, line in enumerate(self.lines):
            place = (MARGIN + self.indent, top + n * self.size * LEADING)
            pen.text(place, line, font=self.font, fill=self.colour)


class Figure:
    """A figure above what it measures, beside a bar in the colour of the spotlight."""

    def __init__(self, card):
        self.number = Block(card.figure, range(64, 34, -6), BOLD, INK, 1, indent=32)
        self.label = Block(card.label, (36, 34, 32), MEDIUM, SOFT, 2, indent=32)
        self.height = self.number.height + self.label.height

    def draw(self, pen, floor):
        pen.rectangle((MARGIN, floor - self.height, MARGIN + 9, floor), fill=SPOT)
        self.label.draw(pen, floor)
        self.number.draw(pen, floor - self.label.height)


def _blocks(card):
    """From the bottom up. A very long title goes before the figure."""
    if card.foot:
        yield Block(card.foot, (34, 32, 30), MEDIUM, SOFT)
    if card.figure and len(card.title) <= 130:
        yield Figure(card)


def _draw_title(pen, card, floor):
    """Who, and the title: as large as the space left allows."""
    who = Block(card.who, (42, 38, 34), BOLD, ACCENT) if card.who else None
    top = TOP + (who.height + 10 if who else 0)
    size, lines = fitted(
        card.title, TITLE_SIZES, BOLD, LINE_WIDTH, lambda size, lines: len(lines) * size * LEADING <= floor - top
    )
    spare = max(0, floor - top - len(lines) * size * LEADING) * 0.4
    if who:
        who.draw(pen, TOP + spare + who.height)
    for n, line in enumerate(lines):
        pen.text((MARGIN, top + spare + n * size * LEADING), line, font=font(size, BOLD), fill=INK)


@lru_cache(maxsize=64)
def font(size, weight):
    """Inter in pixels. Letters grow narrower with size, as the family means it to."""
    inter = ImageFont.truetype(str(fontpkg.path("inter")), size)
    inter.set_variation_by_axes([min(32, max(14, size)), weight])
    return inter


def fitted(text, sizes, weight, width, fits):
    """(size, lines): the first of the sizes in which the text fits; else the last, however many lines it takes."""
    for size in sizes:
        lines = wrapped(text, font(size, weight), width)
        if fits(size, lines):
            break
    return size, lines


def wrapped(text, letters, width):
    """The text in lines no wider than `width` pixels. A word wider than that is broken."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if letters.getlength(longer) <= width:
            lines[-1] = longer
            continue
        pieces = [word] if letters.getlength(word) <= width else broken(word, letters, width)
        lines = [*lines, *pieces] if lines[-1] else pieces
    return lines


def broken(word, letters, width):
    """A word in pieces that are no wider than `width` pixels."""
    widest = max(letters.getlength(letter * 8) / 8 for letter in set(word))  # in a run, letters are set a little wider
    many = int(width // widest)
    return [word[start : start + many] for start in range(0, len(word), many)]


@lru_cache(maxsize=8)
def emblem(size, ground=None):
    """The site's sign, a beam and its light, by the same measures as `icon.svg`.

    An image `size` pixels wide, transparent or on a ground colour that leaves a margin all round.
    """
    side = size * FINER
    margin = side // 8 if ground else 0
    scale = (side - 2 * margin) / GRID
    image = Image.new("RGBA", (side, side), ground or (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    pen.polygon([(margin + x * scale, margin + y * scale) for x, y in _OUTLINE], fill=ACCENT)
    corners = [margin + at * scale for at in (19 - 8, 22 - 8, 19 + 8, 22 + 8)]
    pen.ellipse(corners, fill=SPOT)
    return image.resize((size, size), Image.Resampling.LANCZOS)
