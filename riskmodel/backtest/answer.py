"""The answer first: for each question three sentences, whichever way they fall, and one table of who would serve."""

from riskmodel.backtest.evidence import Evidence, Question
from riskmodel.backtest.labels import HAND_SET, HAPPENED, SCORES
from riskmodel.backtest.wording import established, gap, gap_below, hundred, named, texts
from riskmodel.documents.page import Section, Table


def answer(evidence: Evidence) -> Section:
    """Whether the score or the rule would serve, by how much, with the interval."""
    said = [f"{SCORES[question.score].capitalize()}. {' '.join(sentences(question))}" for question in evidence.questions]
    is_fitted = any("points" in question.models for question in evidence.questions)
    return Section(
        "La réponse",
        (*said, _table(evidence), texts()["posee"], texts()["ajustee" if is_fitted else "sans_ajustee"]),
        is_chapter=True,
    )


def sentences(question: Question) -> tuple[str, str, str]:
    """What the first table finds beside the best rule and chance; how sure that is and who would serve; the other table."""
    first, *others = question.models
    found, of_rule = _precisions(question, first)
    drawn = question.mean("precision").get("random", float("nan"))
    return (
        f"Sur 100 ménages signalés par la {named(first)}, {hundred(found)} {HAPPENED[question.score]} dans les "
        f"{question.horizon} jours ; avec la meilleure règle simple ({named(question.rule)}), {hundred(of_rule)} ; "
        f"au hasard, {hundred(drawn)}.",
        f"Écart : {_sure(question, first)}.",
        _other(question, others[0]) if others else "Le passé est trop court pour ajuster une table et la comparer.",
    )


def _other(question: Question, model: str) -> str:
    kept = ", en vigueur tant qu'aucune autre n'est approuvée" if model == HAND_SET else ""
    return f"Avec la {named(model)}{kept} : {hundred(_precisions(question, model)[0])}, écart {_sure(question, model)}."


def _sure(question: Question, model: str) -> str:
    """The difference, its interval, whether it is established, and who would serve."""
    found = question.verdict(model)
    served = "le score servirait la liste" if found.serves == "score" else "la règle servirait la liste, pas le score"
    return f"{gap(found.difference, found.low, found.high)}, {established(found.low, found.high)} ; {served}"


def _precisions(question: Question, model: str) -> tuple[float, float]:
    """Of the table and of the best rule, on the days both have."""
    compared = question.against(model, question.rule)
    return (float("nan"), float("nan")) if compared is None else (compared.precision, compared.precision_against)


def _table(evidence: Evidence) -> Table:
    """One line a question and table."""
    rows = tuple(_line(question, model) for question in evidence.questions for model in question.models)
    headers = (
        "Question et table",
        "Sur 100 signalés",
        "Avec la règle",
        "Écart et intervalle",
        "Meilleure règle simple",
        "Servirait",
    )
    return Table("Qui servirait la liste, à la capacité des équipes", headers, "lrrrll", rows)


def _line(question: Question, model: str) -> tuple[str, ...]:
    found = question.verdict(model)
    return (
        f"{SCORES[question.score].capitalize()}, {named(model)}",
        *(hundred(share) for share in _precisions(question, model)),
        gap_below(found.difference, found.low, found.high),
        named(question.rule),
        "le score" if found.serves == "score" else "la règle",
    )
