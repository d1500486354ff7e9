"""The figures as a sheet that a French spreadsheet opens: one line a day, order, stratum and length."""

import pandas as pd

from riskmodel.backtest.labels import CUTS, SCORES, STRATA, label

COLUMNS = {
    "as_of": "jour",
    "score": "question",
    "horizon": "horizon_jours",
    "model": "ordre",
    "stratum": "strate",
    "cut": "longueur",
    "k": "lignes",
    "stock": "baux_du_stock",
    "eligible": "menages_a_classer",
    "labelled": "menages_suivis_jusqu_au_bout",
    "unlabelled": "menages_dont_on_ne_sait_pas",
    "events": "evenements",
    "listed": "menages_listes",
    "hits": "evenements_listes",
    "false_alarms": "fausses_alertes",
    "listed_unlabelled": "listes_dont_on_ne_sait_pas",
    "precision_worst": "precision_au_pire_des_ex_aequo",
    "precision": "precision",
    "precision_best": "precision_au_mieux_des_ex_aequo",
    "recall": "rappel",
    "lift": "gain_sur_le_hasard",
    "lead_days": "avance_mediane_jours",
    "average_precision": "precision_moyenne",
}
"""French headings, in order."""

_SHARES = {"precision_worst", "precision", "precision_best", "recall", "average_precision"}


def sheet(figures: pd.DataFrame, *, is_synthetic: bool) -> bytes:
    """CSV bytes: UTF-8 with its mark, semicolons, decimal commas, days as 18/10/2026; a last column says what the data are."""
    text = figures.assign(
        as_of=figures["as_of"].dt.strftime("%d/%m/%Y"),
        score=figures["score"].map(SCORES),
        model=figures["model"].map(label),
        stratum=figures["stratum"].map(STRATA),
        cut=figures["cut"].map(CUTS),
        **{name: figures[name].round(4 if name in _SHARES else 2) for name in figures.columns[figures.dtypes == "float64"]},
    )
    text = text[list(COLUMNS)].rename(columns=COLUMNS).assign(nature="Données synthétiques" if is_synthetic else "")
    return text.to_csv(index=False, sep=";", decimal=",", lineterminator="\r\n").encode("utf-8-sig")
