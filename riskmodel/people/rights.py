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
    """One row a lease with a known holder: `has_objected` (any holder, GDPR art. 21), `is_deceased` (a holder died and no
    other is left), `is_represented` (tutelle, curatelle of a holder still there), as known at the end of `as_of`.

    Empty when the landlord delivers no tenants.
    """
    with duckdb.connect() as con:
        return con.execute(_RIGHTS.format(tenants=visible(source, TABLES["tenants"], as_of))).df()


def rights_dates(source: Source, known_by: date) -> pd.DataFrame:
    """One row a lease where something was said or lived: `objected_on`, a holder's first objection, and `deceased_on`, the first
    day on which a holder had died and no other was left; missing where it did not happen by the end of `known_by`.

    Both say when the rights of `rights` began to hold. Empty when the landlord delivers no tenants.
    """
    with duckdb.connect() as con:
        return con.execute(_DATES.format(tenants=visible(source, TABLES["tenants"], known_by))).df()
