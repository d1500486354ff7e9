"""What a score was worth, in sentences and tables: matured lists beside the best simple rule, and the price of transparency."""

from collections.abc import Mapping
from typing import Any

from riskmodel.documents.french import counted
from riskmodel.documents.page import Table
from riskmodel.score import PublishedTable
from riskmodel.watch import saying
from riskmodel.watch.texts import texts

MODELS = {"points": "table de points", "hgb": "arbres boostés", "hgb_monotone": "arbres boostés monotones"}
SPLITS = {"time": "dates futures", "household": "dates futures, ménages jamais vus"}
FIGURES = {
    "precision": "Précision à capacité",
    "average_precision": "Précision moyenne",
    "auc": "AUC",
    "calibration_error": "Erreur de calibrage",
}
"""The fit names its metrics `<split>_<model>_<figure>`."""


def worth(track: Mapping[str, Any] | None) -> str:
    """What past lists were worth beside the best simple rule, from an entry of the track record; None before any has matured."""
    if track is None:
        return str(texts("fiche-modele")["sans_semaine"])
    return " ".join((_hits(track), _difference(track), _recall(track)))


def _hits(track: Mapping[str, Any]) -> str:
    weeks = counted(track["weeks"], "semaine échue", "semaines échues")
    listed = counted(track["listed"], "ménage signalé", "ménages signalés")
    return (
        f"Sur {weeks} ({track['kind']}), {listed} par le score, dont {track['hits']} dont la situation s'est dégradée "
        f"({_share(track['precision'])}). La meilleure règle simple à longueur égale, « {track['best_rule_label']} » : "
        f"{_share(track['rule_precision'])}."
    )


def _difference(track: Mapping[str, Any]) -> str:
    if track["difference"] is None or track["low"] is None or track["high"] is None:
        return "Écart avec cette règle : trop peu de semaines pour en donner l'intervalle."
    bounds = f"{_points(track['low'])} à {_points(track['high'])}"
    return f"Écart en faveur du score : {_points(track['difference'])} points, intervalle de {bounds}."


def _recall(track: Mapping[str, Any]) -> str:
    if track["recall"] is None:
        return "Rappel des semaines servies : non calculé, aucune ligne tirée au sort n'est échue."
    bounds = saying.shares_between(track["recall_low"], track["recall_high"])
    return f"Rappel estimé par tirage : {_share(track['recall'])} ({bounds})."


def challenger(table: PublishedTable) -> Table | None:
    """The table beside opaque models on the same rows, as measured when it was fitted; None for a table set by hand."""
    rows = [
        (said, name, *(saying.number(figure, 3) for figure in figures))
        for split, said in SPLITS.items()
        for model, name in MODELS.items()
        if (figures := _figures(table, split, model))
    ]
    caption = "Prix de la transparence : la table et un modèle opaque, sur les mêmes lignes"
    return Table(caption, ("Essai sur", "Modèle", *FIGURES.values()), "llrrrr", tuple(rows)) if rows else None


def _figures(table: PublishedTable, split: str, model: str) -> list[float]:
    found = [table.metrics.get(f"{split}_{model}_{figure}") for figure in FIGURES]
    return [float("nan") if figure is None else float(figure) for figure in found] if any(f is not None for f in found) else []


def _share(value: float | None) -> str:
    return saying.NOTHING if value is None else saying.percent(value)


def _points(value: float) -> str:
    return f"{100 * value:+.1f}".replace(".", ",").replace("-", "−")
