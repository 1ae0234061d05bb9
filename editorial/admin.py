"""What the desk shows of this app, room by room."""

from editorial.people import desk  # noqa: F401
