"""The simple orders people would use instead of a score: one SQL file each, run on a day's stock.

They see the columns of the features dictionary and the day, nothing else: an outcome is out of their sight by construction.
"""

from collections.abc import Iterable, Sequence
from functools import cache

import duckdb
import pandas as pd
import pyarrow as pa

from riskmodel import REPOSITORY
from riskmodel.features import FEATURES

NAMES: dict[str, str] = {
    "random": "au hasard",
    "balance": "solde exigible",
    "balance_terms": "solde exigible en termes nets",
    "debt_age": "âge de la dette",
    "rising": "un terme net ou plus, en hausse sur trois mois",
    "unpaid_6": "termes non soldés sur 6",
    "unpaid_12": "termes non soldés sur 12",
    "first_miss": "premier manqué après douze mois sans incident",
    "payment_silence": "jours depuis le dernier paiement",
    "paid_less": "payé moins, trois jours plus tard ou deux plans rompus",
    "plan_missed": "échéances de plan manquées",
    "statutory": "impayé constitué, seuil légal",
    "silence": "temps depuis le dernier échange, deux tentatives au moins",
    "unanswered": "demandes sans réponse et courriers revenus",
    "union": "une ligne de chaque liste à tour de rôle",
}
"""French label of each ranker."""

RULES: dict[str, tuple[str, ...]] = {
    "derive": tuple(NAMES)[: tuple(NAMES).index("statutory") + 1],
    "decrochage": ("random", "balance", "balance_terms", "silence", "unanswered"),
    "commun": ("random", "balance", "balance_terms", "union"),
}
"""The rankers that answer each question; « commun » is one list for both."""

JOINED = ("balance_terms", "silence")
"""The two orders, drift and contact, that a team without scores would take in turn."""

SEEN = ("as_of", *(feature.name for feature in FEATURES))


def rank(stock: pd.DataFrame, name: str) -> pd.Series:
    """The value that ranker `name` gives each lease of `stock`, higher first, missing = not ranked; indexed by `lease_id`.

    `stock` is one day's eligible rows: features and `as_of` (union: `in_drift` and `in_contact` too, where there are any).
    """
    if name == "union":
        halves = (_asked(stock, cohort) for cohort in ("in_drift", "in_contact"))
        return union(stock, *(rank(half, rule) for half, rule in zip(halves, JOINED, strict=True)))
    return _run(_seen(stock), [name])[name]


def union(stock: pd.DataFrame, drift: pd.Series, contact: pd.Series) -> pd.Series:
    """One order out of two, taken in turn: each a value by lease, for the leases it may list."""
    lease = stock["lease_id"]
    given = pd.DataFrame({"lease_id": lease, "drift_value": lease.map(drift), "contact_value": lease.map(contact)})
    return _run(given.astype({"drift_value": "float64", "contact_value": "float64"}), ["union"])["union"]


def ranked(panel: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """Every ranker on every day of `panel` (eligible rows only), in the long form `as_of`, `lease_id`, `model`, `value`."""
    columns = ["as_of", "lease_id", "model", "value"]
    found = [_long(stock, list(names)).assign(as_of=as_of) for as_of, stock in panel.groupby("as_of")]
    return pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns)


def _long(stock: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """All orders of one day below each other."""
    wide = _run(_seen(stock), [name for name in names if name != "union"])
    if "union" in names:
        wide["union"] = rank(stock, "union")
    return wide.reset_index().melt("lease_id", var_name="model", value_name="value")


def _asked(stock: pd.DataFrame, cohort: str) -> pd.DataFrame:
    return stock[stock[cohort].astype("boolean").fillna(False)] if cohort in stock else stock


def _seen(stock: pd.DataFrame) -> pd.DataFrame:
    """What a rule may look at."""
    return stock[[column for column in SEEN if column in stock]]


def _run(relation: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """One column a rule, indexed by lease in the order of `relation`; arrow, as DuckDB refuses a frame with reversed rows."""
    with duckdb.connect() as con:
        con.register("stock", pa.Table.from_pandas(relation, preserve_index=False))
        values = {name: con.execute(_sql(name)).df().set_index("lease_id")["value"] for name in names}
    return pd.DataFrame(values, index=pd.Index(relation["lease_id"], name="lease_id")).astype("float64")


@cache
def _sql(name: str) -> str:
    return (REPOSITORY / "sql" / "rankers" / f"{name}.sql").read_text(encoding="utf-8")
