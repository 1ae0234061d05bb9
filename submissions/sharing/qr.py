"""QR codes as one SVG path: black on white in light, dark and print, for cameras want it so."""

from functools import lru_cache
from itertools import groupby

import qrcode

QUIET = 4  # modules of white all round, as the standard asks


@lru_cache(maxsize=1000)
def qr_path(address):
    """(modules on a side, the path's `d`) for an address; dark modules side by side are one rectangle."""
    code = qrcode.QRCode(border=QUIET, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address)
    rows = code.get_matrix()
    return len(rows), "".join(piece for y, row in enumerate(rows) for piece in _row(y, row))


def _row(y, row):
    x = 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            yield f"M{x} {y}h{length}v1h-{length}z"
        x += length
