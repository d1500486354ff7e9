"""What a lease's tenants have said or lived that the list must respect: objection to profiling, death, legal representation."""

from datetime import date

import duckdb
import pandas as pd

from riskmodel.contracts import TABLES
from riskmodel.lake import Source
from riskmodel.lake.read import visible

_RIGHTS = """
SELECT
  lease_id,
  bool_or(objected_on IS NOT NULL) AS has_objected,
  bool_or(deceased_on IS NOT NULL) AND NOT bool_or(is_here) AS is_deceased,
  coalesce(bool_or(representative AND is_here), false) AS is_represented
FROM (SELECT *, deceased_on IS NULL AND left_on IS NULL AS is_here FROM ({tenants}))
WHERE role IN ('holder', 'co_holder')
GROUP BY lease_id
ORDER BY lease_id
"""

_DATES = """
SELECT
  lease_id,
  min(objected_on) AS objected_on,
  CASE WHEN count(gone_on) = count(*) THEN greatest(max(gone_on), min(deceased_on)) END AS deceased_on
FROM (SELECT *, least(deceased_on, left_on) AS gone_on FROM ({tenants}))
WHERE role IN ('holder', 'co_holder')
GROUP BY lease_id
HAVING min(objected_on) IS NOT NULL OR min(deceased_on) IS NOT NULL
ORDER BY lease_id
"""


def rights(source: Source, as_of: date) -> pd.DataFrame:
    """One row a lease with a known holder or a recorded objection: `has_objected` (any holder, GDPR art. 21, as delivered or as
    the team recorded it), `is_deceased` (a holder died and no other is left), `is_represented` (tutelle, curatelle of a holder
    still there), as known at the end of `as_of`.
    """
    with duckdb.connect() as con:
        delivered = con.execute(_RIGHTS.format(tenants=visible(source, TABLES["tenants"], as_of))).df()
    objecting = {said.lease_id for said in source.objections if said.stands(as_of)}
    if not objecting:
        return delivered
    known = delivered.assign(has_objected=delivered["has_objected"] | delivered["lease_id"].isin(objecting))
    others = sorted(objecting - set(delivered["lease_id"]))
    added = pd.DataFrame({"lease_id": others, "has_objected": True, "is_deceased": False, "is_represented": False})
    return pd.concat([known, added] if others else [known], ignore_index=True).sort_values("lease_id", ignore_index=True)


def rights_dates(source: Source, known_by: date) -> pd.DataFrame:
    """One row a lease where something was said or lived: `objected_on`, a holder's first objection, and `deceased_on`, the first
    day on which a holder had died and no other was left; missing where it did not happen by the end of `known_by`.

    Both say when the rights of `rights` began to hold; an objection lifted by then holds no more.
    """
    with duckdb.connect() as con:
        delivered = con.execute(_DATES.format(tenants=visible(source, TABLES["tenants"], known_by))).df()
    standing = [said for said in source.objections if said.stands(known_by)]
    if not standing:
        return delivered
    said = pd.Series({one.lease_id: pd.Timestamp(one.objected_on) for one in standing}, dtype="datetime64[us]")
    dates = delivered.set_index("lease_id").reindex(sorted({*delivered["lease_id"], *said.index}))
    earliest = pd.concat([pd.to_datetime(dates["objected_on"]), said.reindex(dates.index)], axis=1).min(axis=1)
    return dates.assign(objected_on=earliest).rename_axis("lease_id").reset_index()


def objected_on(source: Source, lease_id: str, as_of: date) -> date | None:
    """The day since which a household objects, as delivered or as the team recorded it; None when no objection stands."""
    known = rights_dates(source, as_of)
    days = pd.to_datetime(known.loc[known["lease_id"] == lease_id, "objected_on"].dropna())
    return days.iloc[0].date() if len(days) else None
