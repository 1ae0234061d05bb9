"""Sending an entry on: lasting addresses, what a link shows before it is opened, citations, the QR code."""
