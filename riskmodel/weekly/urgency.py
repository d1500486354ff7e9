"""Urgencies: a right or a date is at stake. Rules, not scores; they never eat the reviewers' capacity.

Two rules: a term or instalment missed while a judge's time or a protocole de cohésion sociale runs (one miss can revive the
clause: loi 89-462, art. 24 V and VII; CCH L353-15-2), and a hearing within six weeks without resumed rent.
"""

from datetime import date

import pandas as pd

from riskmodel.score.french import counted, day
from riskmodel.weekly.cohort import in_days, sure

HEARING_DAYS = 42
RESUMED_SHARE = 90


def urgencies(stock: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """`why` and `stake_on` (the date at stake) on the index of `stock`; both missing where nothing is urgent."""
    missed = sure(stock["is_clause_missed"])
    hearing = pd.to_datetime(stock["hearing_on"])
    near = sure(hearing <= pd.Timestamp(in_days(as_of, HEARING_DAYS))) & sure(hearing >= pd.Timestamp(as_of))
    unresumed = near & ~_has_resumed(stock) & ~missed
    why = pd.Series(pd.NA, index=stock.index, dtype="object")
    for mask, sentence in ((missed, _missed), (unresumed, _hearing)):
        why = why.mask(mask, pd.Series({lease: sentence(row) for lease, row in stock[mask].iterrows()}, dtype="object"))
    stake = hearing.dt.date.astype("object").where(unresumed).mask(missed, as_of)
    return pd.DataFrame({"why": why, "stake_on": stake})


def _has_resumed(stock: pd.DataFrame) -> pd.Series:
    """The last three terms were paid to nine tenths and none is left unpaid; not known is not resumed."""
    return sure(stock["paid_share_3"] >= RESUMED_SHARE) & sure(stock["unpaid_terms_3"] == 0)


def _missed(row: pd.Series) -> str:
    frame = "un protocole de cohésion sociale" if row["plan_framework"] == "pcs" else "des délais accordés par le juge"
    behind = counted(row["plan_missed"], "échéance", "échéances")
    return f"Retard de {behind} (loyers compris) pendant {frame} : la clause résolutoire peut reprendre effet, joindre vite."


def _hearing(row: pd.Series) -> str:
    share = row["paid_share_3"]
    if pd.isna(share):
        found = "reprise du loyer courant inconnue"
    elif share < RESUMED_SHARE:
        found = f"loyer courant non repris ({int(share)}\u00a0% payés sur les 3 derniers termes)"
    else:
        found = f"loyer courant repris, mais {counted(row['unpaid_terms_3'], 'terme', 'termes')} en retard sur les 3 derniers"
    return f"Audience le {day(row['hearing_on'])}, {found}."
