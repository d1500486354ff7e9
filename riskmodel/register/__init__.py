"""People's work and the service's memory: deliveries, runs, lists, tables, decisions. SQLAlchemy 2, SQLite or PostgreSQL by URL.

In: outcomes of the night and of Monday. Out: what is visible now. Only this room creates an engine.
"""

from riskmodel.register.engine import Sessions, open_register, seldom_writing, to_write
from riskmodel.register.migrations import upgrade
from riskmodel.register.models import Decision, DeliveryRow, DrawnRow, ListRow, PointsTableRow, Run, TrackRecord, WeeklyList

__all__ = [
    "Decision",
    "DeliveryRow",
    "DrawnRow",
    "ListRow",
    "PointsTableRow",
    "Run",
    "Sessions",
    "TrackRecord",
    "WeeklyList",
    "open_register",
    "seldom_writing",
    "to_write",
    "upgrade",
]
