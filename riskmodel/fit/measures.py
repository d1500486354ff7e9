"""How good an order and a probability are: precision at capacity, average precision, area under the curve, calibration."""

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

BINS = 10


def precision_at(value: np.ndarray, is_event: np.ndarray, places: int) -> float:
    """Share of events among the `places` highest values, ties at the cut drawn at random (the exact mean over all draws).

    Fewer rows than places: the share among all rows. No row: not a number.
    """
    _, where = np.unique(-value, return_inverse=True)
    events, rows = np.bincount(where, weights=is_event), np.bincount(where)
    before = np.concatenate([[0], np.cumsum(rows)[:-1]])
    taken = np.clip(places - before, 0, rows)
    return float((events * taken / np.maximum(rows, 1)).sum() / taken.sum()) if taken.sum() else float("nan")


def calibration_error(probability: np.ndarray, is_event: np.ndarray) -> float:
    """Mean gap between announced and observed shares over ten bins of equally many rows, equal probabilities kept together."""
    if not len(probability):
        return float("nan")
    rank = np.argsort(np.argsort(probability, kind="stable"), kind="stable")
    _, where = np.unique(probability, return_inverse=True)
    middle = np.bincount(where, weights=rank) / np.bincount(where)
    bins = np.floor(middle / len(probability) * BINS).astype(int)[where]
    gaps = np.bincount(bins, weights=probability - is_event, minlength=BINS)
    return float(np.abs(gaps).sum() / len(probability))


def order_measures(value: np.ndarray, is_event: np.ndarray, places: int) -> dict[str, float]:
    """The three measures of an order on one day; area and average precision are not numbers while only one outcome is seen."""
    both = 0 < is_event.sum() < len(is_event)
    return {
        "precision": precision_at(value, is_event, places),
        "average_precision": float(average_precision_score(is_event, value)) if both else float("nan"),
        "auc": float(roc_auc_score(is_event, value)) if both else float("nan"),
    }
