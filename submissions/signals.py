"""What the catalogue tells the rooms above it."""

from django.dispatch import Signal

# The built fixtures stand in a database that was empty; sent in the transaction that loaded them.
catalogue_loaded = Signal()
