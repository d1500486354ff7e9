"""Groups of households for the fairness report, and for nothing else: no score, feature or list may import this module.

Attributes are read from columns kept for audit, as known on a day, banded at once; they are joined to outcomes in memory, for
the report of the month, and never written beside a score.
"""

from datetime import date

import duckdb
import pandas as pd

from riskmodel.contracts import TABLES
from riskmodel.lake import Source
from riskmodel.lake.read import visible

AGE_BANDS = {"under_30": (0, 30), "30_44": (30, 45), "45_59": (45, 60), "60_74": (60, 75), "75_over": (75, 200)}
"""Years of the eldest holder, upper bound excluded. 30 is the end of the schemes for young tenants, 60 and 75 are Insee's."""

_GROUPS = """
WITH born AS (
  SELECT lease_id, min(year(birth_date)) AS birth_year FROM ({tenants})
  WHERE role IN ('holder', 'co_holder') AND left_on IS NULL AND deceased_on IS NULL GROUP BY lease_id
), right_of_month AS (
  SELECT lease_id, arg_max(CASE WHEN state = 'open' AND amount_cents > 0 THEN paid_to ELSE 'stopped' END, month) AS benefit
  FROM ({benefits}) WHERE month <= '{month}' AND month >= '{oldest}' GROUP BY lease_id
)
SELECT
  leases.lease_id,
  {year} - coalesce(holder_birth_year, birth_year) AS age,
  coalesce(household_type, 'unknown') AS household_type,
  management_unit,
  CASE priority_area WHEN true THEN 'inside' WHEN false THEN 'outside' ELSE 'unknown' END AS priority_area,
  {benefit} AS benefit_status,
  coalesce(commune_code, 'unknown') AS commune_code
FROM ({leases}) AS leases
LEFT JOIN ({dwellings}) AS dwellings USING (dwelling_id)
LEFT JOIN born USING (lease_id)
LEFT JOIN right_of_month USING (lease_id)
WHERE start_date <= DATE '{as_of}' AND end_date IS NULL
ORDER BY leases.lease_id
"""


def groups(source: Source, as_of: date) -> pd.DataFrame:
    """One row an occupied lease: `lease_id`, `age_band`, `household_type`, `management_unit`, `priority_area`, `benefit_status`
    (as of the newest right of the last three months) and `commune_code`, as codes; « unknown » where nothing was delivered.

    To be joined in memory for a report by group, and dropped with it.
    """
    views = {name: visible(source, TABLES[name], as_of, audit=True) for name in ("leases", "dwellings", "tenants", "benefits")}
    is_known = "benefits" in source.pins
    oldest = (pd.Period(as_of, "M") - 2).strftime("%Y-%m")
    filled = _GROUPS.format(
        **views,
        as_of=as_of.isoformat(),
        year=as_of.year,
        month=f"{as_of:%Y-%m}",
        oldest=oldest,
        benefit="coalesce(benefit, 'none')" if is_known else "'unknown'",
    )
    with duckdb.connect() as con:
        found = con.execute(filled).df()
    return found.assign(age_band=_banded(found["age"]))[
        ["lease_id", "age_band", "household_type", "management_unit", "priority_area", "benefit_status", "commune_code"]
    ]


def _banded(age: pd.Series) -> pd.Series:
    years = age.astype("Float64").fillna(-1)
    band = pd.Series("unknown", index=age.index, dtype="object")
    for name, (low, high) in AGE_BANDS.items():
        band = band.mask((years >= low) & (years < high), name)
    return band
