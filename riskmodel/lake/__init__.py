"""The accepted facts of each landlord, versioned and append-only: who knew what, and when.

In: staged rows of an accepted delivery. Out: DuckDB views of every table as of a date.
Rows are only ever appended; a row that changed or vanished is closed by a line in the table's companion `…__closed`.
A delivery becomes visible when the register pins the Delta versions it wrote, never before.
"""

from riskmodel.lake.read import Objected, Source, connect
from riskmodel.lake.store import Lake, Pins

__all__ = ["Lake", "Objected", "Pins", "Source", "connect"]
