"""The stock of a landlord on the day of the list: every occupied lease, its scores, its rights and the tab it belongs to."""

import pandas as pd

from riskmodel.people import corrections
from riskmodel.weekly.cohort import is_drift_cohort, is_lawful, is_without_debt, sure
from riskmodel.weekly.doubt import doubts, is_in_question
from riskmodel.weekly.edition import Edition
from riskmodel.weekly.errand import errands
from riskmodel.weekly.suppression import suppress
from riskmodel.weekly.urgency import urgencies

FORCED = ("entrant", "incident")
"""Causes that keep a household off the drift tab whatever its score: the score itself would read the cause as default."""

FLAGS = {"derive": "drifts", "decrochage": "loses_contact"}
"""Each score, and the column that says who qualifies for its tab."""


def assemble(features: pd.DataFrame, scores: pd.DataFrame, rights: pd.DataFrame) -> pd.DataFrame:
    """Features with one column a score (missing for households out of scoring) and the two rights, indexed by lease."""
    wide = (
        scores.pivot(index="lease_id", columns="table", values="score").astype("Int64").reindex(columns=["derive", "decrochage"])
    )
    stock = features.set_index("lease_id", drop=False).join(wide).join(rights.set_index("lease_id"))
    stock.index.name = None
    return stock.assign(has_objected=sure(stock["has_objected"]), is_deceased=sure(stock["is_deceased"]))


def place(stock: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """The stock with what the list needs to know of each household; `tab` is missing when there is nothing to say.

    Adds `doubt`, `cause`, `amount_cents`, `until`, `why`, `stake_on`, `errand`, `is_lawful`, whether each score can be read and
    qualifies, `tab`, and `muted_until` where a muted flag leaves it without one. A household has one tab, the first that applies:
    urgency, score, doubt about the account, timing cause, too short a history, to contact.
    Scores read a debt from which timing is already taken out, so a household whose score qualifies is drifting for real,
    whatever timing adds to its balance; one that owes nothing today has nothing to be called about. Where a rule orders a score's
    tab, `stock` holds its value in `rule_derive` or `rule_decrochage`, and a household qualifies when it has one.
    What a household disputes is unknown to whatever follows a score; urgencies and timing causes, being rules, go on.
    """
    as_of = edition.as_of
    stock = stock.join(suppress(stock, as_of)).join(urgencies(stock, as_of)).assign(doubt=doubts(stock))
    stock = corrections.unknown(stock, edition.disputed)
    readable = is_drift_cohort(stock) & stock["doubt"].isna() & ~stock["cause"].isin(FORCED)
    drifts = readable & _qualifies(stock, "derive", edition.drift.minimum, edition) & ~is_without_debt(stock)
    loses = _qualifies(stock, "decrochage", edition.contact.minimum, edition)
    stock = stock.assign(
        in_cohort=readable, drifts=drifts, loses_contact=loses, is_lawful=is_lawful(stock), errand=errands(stock)
    )
    stock = stock.assign(tab=_tabs(stock, edition))
    return _explained(stock.assign(muted_until=_muted_until(stock, edition)))


def _qualifies(stock: pd.DataFrame, score: str, minimum: int, edition: Edition) -> pd.Series:
    """By the score, or by the rule that serves instead; out of scoring is out of rules too."""
    if edition.rule(score):
        return stock[f"rule_{score}"].notna() & stock[score].notna()
    return sure(stock[score] >= minimum)


def _is_drift_ahead(stock: pd.DataFrame, edition: Edition) -> pd.Series:
    """Which tab takes a household that qualifies for both: its higher score, contact on a tie; where a rule serves, figures are
    of different kinds, and it is the tab of its unit on which it stands nearer the top."""
    if not (edition.rule("derive") or edition.rule("decrochage")):
        return sure(stock["derive"] > stock["decrochage"])
    figures = [f"rule_{score}" if edition.rule(score) else score for score in ("derive", "decrochage")]
    listed = [stock[name].where(stock[mask]) for name, mask in zip(figures, ("drifts", "loses_contact"), strict=True)]
    drift, contact = (values.astype("Float64").groupby(stock["management_unit"]).rank(ascending=False) for values in listed)
    return sure(drift < contact)


def _tabs(stock: pd.DataFrame, edition: Edition) -> pd.Series:
    """From the last tab that applies to the first."""
    drifts, loses = stock["drifts"], stock["loses_contact"]
    ahead = _is_drift_ahead(stock, edition)
    doubted = stock["doubt"].notna() & is_in_question(stock, edition.drift.minimum)
    tab = pd.Series(pd.NA, index=stock.index, dtype="object")
    tab = tab.mask(stock["errand"].notna(), "a_contacter")
    tab = tab.mask(doubted, "ne_peut_pas_dire")
    tab = tab.mask(stock["cause"].notna(), "ecarte")
    tab = tab.mask(doubted & sure(stock["erp_gap_cents"] != 0), "ne_peut_pas_dire")
    tab = tab.mask(drifts | loses, pd.NA)
    drifts, loses = drifts & ~is_muted(stock, "derive", edition), loses & ~is_muted(stock, "decrochage", edition)
    tab = tab.mask(loses & ~(drifts & ahead), "decrochage")
    tab = tab.mask(drifts & ~(loses & ~ahead), "derive")
    tab = tab.mask(stock["has_objected"], pd.NA)
    tab = tab.mask(stock["why"].notna(), "urgence")
    return tab.mask(stock["is_deceased"], pd.NA)


def is_muted(rows: pd.DataFrame, score: str, edition: Edition) -> pd.Series:
    """Households whose flag of this score a person's answer keeps away this week: it is not shown, even when it is drawn."""
    return pd.Series([(lease, score) in edition.muted for lease in rows["lease_id"]], rows.index, dtype=bool)


def _muted_until(stock: pd.DataFrame, edition: Edition) -> pd.Series:
    """The first day a flag may come back, where muted flags leave a household without a tab."""
    until = pd.Series(pd.NA, index=stock.index, dtype="object")
    hushed = stock["tab"].isna() & ~stock["has_objected"] & ~stock["is_deceased"]
    for lease in stock.index[hushed & (stock["drifts"] | stock["loses_contact"])]:
        flags = [score for score, name in FLAGS.items() if stock.at[lease, name]]
        until[lease] = min(edition.muted[lease, score] for score in flags)
    return until


def _explained(stock: pd.DataFrame) -> pd.DataFrame:
    """`why` in a sentence for each tab that has one."""
    why = stock["why"].where(stock["tab"] == "urgence")
    why = why.mask(stock["tab"] == "ne_peut_pas_dire", stock["doubt"])
    return stock.assign(why=why.mask(stock["tab"] == "a_contacter", stock["errand"]))
