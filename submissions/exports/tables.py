"""Every table that readers can take away, in the order of the data page."""

from submissions.exports.entries import ENTRIES
from submissions.exports.small_tables import BOROUGHS, OUTCOMES, THEMES

TABLES = {table.name: table for table in (ENTRIES, BOROUGHS, THEMES, OUTCOMES)}
