"""What each order was worth on each past day: precision, recall, lift, false alarms and lead time at the length of the list."""

from typing import Any

import numpy as np
import pandas as pd

from riskmodel.backtest import questions, rankers
from riskmodel.backtest.questions import HORIZON
from riskmodel.backtest.ties import UNKNOWN, Order

SHARES = {"1%": 1, "2%": 2, "5%": 5, "10%": 10}
"""Lists as long as so many hundredths of the stock, rounded up."""

CUTS = ("capacite", *SHARES)
STRATA = ("tous", "precoce", "avance")


def run(
    panel: pd.DataFrame,
    score: str,
    capacity: int,
    values: pd.DataFrame | None = None,
    horizon: int = HORIZON,
    *,
    treated: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Figures of every ranker, and of the models in `values`, on every day of `panel` whose window is closed.

    `score` is « derive », « decrochage » or « commun » (one list for both); `capacity` the rows reviewed a week; `values` a
    long frame `as_of`, `lease_id`, `model`, `value` (higher first, missing = after all others). One line a day, model, stratum
    and cut; docs/backtest.md says what each column means.
    """
    return read(orders(panel, score, values, horizon, treated=treated), questions.stock_sizes(panel), score, capacity, horizon)


def orders(
    panel: pd.DataFrame, score: str, values: pd.DataFrame | None, horizon: int = HORIZON, *, treated: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The rows asked about, once for each ranker and model that orders their day, with its `value`: all orders have the same rows
    to place, whatever a model left out."""
    rows = questions.asked(panel, score, horizon, treated)
    stock = questions.eligible(panel, score)
    ruled = rankers.ranked(stock[stock["as_of"].isin(rows["as_of"])], rankers.RULES[score])
    given = ruled if values is None else pd.concat([ruled, values.assign(as_of=pd.to_datetime(values["as_of"]))[ruled.columns]])
    models = given[["as_of", "model"]].drop_duplicates()
    return rows.merge(models, on="as_of").merge(given, on=["as_of", "lease_id", "model"], how="left", validate="one_to_one")


def read(given: pd.DataFrame, sizes: pd.DataFrame, score: str, capacity: int, horizon: int) -> pd.DataFrame:
    """The figures of `orders`, at `capacity` rows and at shares of the stock (`sizes`, leases by day and stratum)."""
    lines: list[dict[str, Any]] = []
    stock: dict[Any, dict[Any, int]] = sizes.to_dict("index")
    for (as_of, model), valued in given.groupby(["as_of", "model"], sort=True):
        head = {"as_of": as_of, "score": score, "horizon": horizon, "model": model}
        for stratum in STRATA:
            of_it = valued if stratum == "tous" else valued[valued["stratum"] == stratum]
            lines += [head | {"stratum": stratum} | line for line in _lines(of_it, capacity, stock[as_of][stratum])]
    return pd.DataFrame(lines)


def listed(given: pd.DataFrame, capacity: int) -> pd.DataFrame:
    """The rows of `orders` that the lists of `capacity` hold, with the `chance` of each to be on it (below 1 in a tie)."""
    chances = [
        valued.assign(chance=_order(valued).chances(capacity)) for _, valued in given.groupby(["as_of", "model"], sort=True)
    ]
    found = pd.concat(chances, ignore_index=True)
    return found.loc[found["chance"] > 0, ["as_of", "model", "lease_id", "household_id", "label", "chance"]]


def _lines(rows: pd.DataFrame, capacity: int, stock: int) -> list[dict[str, Any]]:
    """One line a cut."""
    order = _order(rows)
    events, labelled = int((rows["label"] == 1).sum()), int((rows["label"] != UNKNOWN).sum())
    shared = {
        "stock": stock,
        "eligible": len(rows),
        "labelled": labelled,
        "unlabelled": len(rows) - labelled,
        "events": events,
        "average_precision": order.average_precision(),
    }
    lengths = {"capacite": capacity, **{name: -(-hundredths * stock // 100) for name, hundredths in SHARES.items()}}
    return [{"cut": cut, "k": k} | shared | _at(order, k, rows, events, labelled) for cut, k in lengths.items()]


def _at(order: Order, k: int, rows: pd.DataFrame, events: int, labelled: int) -> dict[str, Any]:
    found = order.read(k)
    return {
        "listed": found.listed,
        "hits": found.hits,
        "false_alarms": found.false_alarms,
        "listed_unlabelled": found.unknown,
        "precision_worst": found.worst,
        "precision": found.mean,
        "precision_best": found.best,
        "recall": found.hits / events if events else np.nan,
        "lift": found.mean * labelled / events if events else np.nan,
        "lead_days": _lead(rows, order.chances(k)),
    }


def _order(rows: pd.DataFrame) -> Order:
    return Order(rows["value"].to_numpy(dtype="float64", na_value=np.nan), rows["label"].to_numpy(dtype="int64"))


def _lead(rows: pd.DataFrame, chances: np.ndarray) -> float:
    """Median days from the list to the event among its hits, each weighted by its chance to be listed."""
    days, label = rows["lead_days"].to_numpy(dtype="float64"), rows["label"].to_numpy()
    hit = (label == 1) & ~np.isnan(days) & (chances > 0)
    if not hit.any():
        return float("nan")
    first = np.argsort(days[hit])
    in_order, weight = days[hit][first], chances[hit][first]
    reached = weight.cumsum() - weight.sum() / 2
    return float((in_order[reached >= -1e-9][0] + in_order[reached > 1e-9][0]) / 2)
