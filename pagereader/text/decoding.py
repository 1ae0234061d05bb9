"""From the bytes of a file to its text, whatever editor saved it."""

from __future__ import annotations

from ..records import NotAPage

BINARY = "This is a binary file, not text: save the page as plain text (UTF-8) and read that."
LONGEST_FILE = 12_000_000  # bytes
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decode(data: bytes) -> str:
    """UTF-8 with or without a byte-order mark, UTF-16 with one, else Windows-1252. Raises NotAPage on binary data."""
    if len(data) > LONGEST_FILE:
        raise NotAPage(f"The file has {len(data):,} bytes, far more than a category page: read one page at a time.")
    if data.startswith(UTF_16_MARKS):
        return decoded_utf_16(data)
    if b"\0" in data:
        raise NotAPage(BINARY)
    text = data.decode("utf-8-sig", "surrogateescape")
    strays = sum("\udc80" <= char <= "\udcff" for char in text)
    if not strays:
        return text
    # A UTF-8 page with a few broken bytes (a paste from elsewhere, a cut) stays UTF-8: the rest would turn to "â€™".
    readable = sum(char > "\x7f" for char in text) - strays
    if readable > 2 * strays:
        return "".join(windows_1252(char) if "\udc80" <= char <= "\udcff" else char for char in text)
    return decoded_windows_1252(data)


def decoded_utf_16(data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise NotAPage(BINARY) from error


def decoded_windows_1252(data: bytes) -> str:
    controls = sum(byte < 9 or 13 < byte < 32 for byte in data)
    if controls > len(data) // 100:
        raise NotAPage(BINARY)
    return data.decode("windows-1252", "replace")


def windows_1252(stray: str) -> str:
    """What a byte that is no UTF-8 says in Windows-1252."""
    return bytes([ord(stray) - 0xDC00]).decode("windows-1252", "replace")
