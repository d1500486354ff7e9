"""One question's chapter: what was asked, then each figure with its picture and its table."""

from collections.abc import Iterator

import pandas as pd

from riskmodel.backtest import bars, calibration, plots, tables
from riskmodel.backtest.evidence import Question, lines
from riskmodel.backtest.labels import HAND_SET, HAPPENED, SCORES
from riskmodel.backtest.wording import hundred, named, tenths, texts, thousandths
from riskmodel.documents.french import counted, integer
from riskmodel.documents.page import Block, Plot, Section, Table

REASONS = "sans_reponse"
LOW = 0.1
"""Where the middle household never reaches this share of the highest tenth's foot, a picture shows nothing."""


def chapter(question: Question) -> tuple[Section, ...]:
    """The sections of one question; one list for both announces no chance of its own and has no challenger."""
    of_one = (_calibration, _transparency) if question.score != "commun" else ()
    parts = (_over_time, _lengths, _strata, _leads, *of_one[:1], _stability, *of_one[1:], _ties, _bars)
    return (_asked(question), *(part(question) for part in parts))


def _asked(question: Question) -> Section:
    said = texts()
    blocks: list[Block] = [said["evenements"][question.score], _counts(question)]
    crowded = int((question.at().drop_duplicates("as_of")["eligible"] <= question.capacity).sum())
    if crowded:
        days = question.at()["as_of"].nunique()
        blocks.append(
            f"{counted(crowded, 'dimanche')} sur {days}, les équipes pouvaient examiner tous les ménages "
            "à classer : ces jours-là, toutes les façons de classer se valent et le chiffre à la capacité ne les départage pas."
        )
    return Section(SCORES[question.score].capitalize(), tuple(blocks), is_chapter=True)


def _counts(question: Question) -> Table:
    """What was asked, of how many, and how many could not be judged, with the reason."""
    asked = question.asked
    unanswered = asked["rows"] - asked["events"] - asked["non_events"]
    reasons = {said: asked[code] for code, said in texts()[REASONS].items() if asked.get(code)}
    lines = {
        "Ménages différents": asked["households"],
        "Questions posées (un ménage, un dimanche)": asked["rows"],
        "Événement arrivé": asked["events"],
        "Suivis jusqu'au bout, rien n'est arrivé": asked["non_events"],
        "Ne peuvent pas être jugés": unanswered,
        **{f"dont {reason}": count for reason, count in reasons.items()},
        "Lignes par semaine, toutes équipes": question.capacity,
    }
    rows = tuple((name, integer(count), _out_of(count, asked["rows"], name)) for name, count in lines.items())
    return Table("Ce qui a été demandé", ("", "Nombre", "Sur 100 questions"), "lrr", rows)


def _out_of(count: int, rows: int, name: str) -> str:
    return "" if name.startswith(("Ménages", "Questions", "Lignes")) or not rows else hundred(count / rows)


def _over_time(question: Question) -> Section:
    wide = question.at().pivot(index="as_of", columns="model", values="precision").astype("float64")
    roles = dict.fromkeys(question.models) | {question.rule: "rule", "random": "random"}
    roles |= {question.opaque: "opaque"} if question.opaque else {}
    drawn = [_line(wide[model], model, role or model) for model, role in roles.items() if model in wide]
    axis = f"sur 100 signalés, {HAPPENED[question.score]}"
    alt = "Une ligne par façon de classer ; les chiffres sont au tableau « dimanche par dimanche »"
    picture = plots.over_time([line for line in drawn if line.days], axis)
    title = f"Sur 100 ménages signalés, combien {HAPPENED[question.score]}, {counted(question.capacity, 'ligne')} par semaine"
    return Section("Dimanche après dimanche", (Plot(picture, title, alt), texts()["lecture"]["temps"]))


def _line(by_day: pd.Series, model: str, role: str) -> plots.Line:
    known = by_day.dropna().sort_index()
    name = f"meilleure règle : {named(model)}" if role == "rule" else named(model)
    return plots.Line(role, name, tuple(day.date() for day in known.index), tuple(float(share) for share in known))


def _lengths(question: Question) -> Section:
    said, happened = texts()["lecture"], HAPPENED[question.score]
    return Section(
        "Combien de justes, combien de manqués, combien d'appels pour rien",
        (
            said["longueurs"],
            tables.shares(question, f"Sur 100 ménages signalés, combien {happened} (précision)", "precision"),
            said["rappel"],
            tables.shares(question, f"Sur 100 ménages qui {happened}, combien étaient signalés (rappel)", "recall"),
            said["fausses"],
            tables.counts(question, "Fausses alertes par dimanche", "false_alarms"),
        ),
    )


def _strata(question: Question) -> Section:
    return Section("Précoce ou avancé", (texts()["lecture"]["strates"], tables.strata(question)))


def _leads(question: Question) -> Section:
    of = {line.model: line for line in lines(question.leads)}
    there = [of[model] for model in tables.main(question) if model in of]
    drawn = [plots.Interval(named(line.model), line.median, line.low, line.high) for line in there]
    blocks: list[Block] = [texts()["lecture"]["avance"]]
    if drawn:
        picture = plots.intervals(drawn, "jours entre la liste et l'événement (trait : moitié du milieu)", is_share=False)
        blocks += [Plot(picture, "Combien de jours avant", "Les chiffres sont au tableau suivant"), tables.leads(question)]
    return Section("Combien de jours avant", tuple(blocks))


def _calibration(question: Question) -> Section:
    rows = question.calibration[question.calibration["model"] == "points"]
    title = "Les chances annoncées se réalisent-elles ?"
    if rows.empty:
        return Section(title, (texts()["lecture"]["sans_chance"],))
    error = calibration.error(rows)["points"]
    drawn = [
        plots.Interval(
            f"{hundred(line.from_value)} à {hundred(line.to_value)} · {counted(int(line.n), 'ménage')}",
            *(float(share) for share in (line.observed, line.observed_low, line.observed_high, line.predicted)),
        )
        for line in lines(rows)
    ]
    picture = plots.intervals(drawn, "sur 100 ménages de la tranche", is_share=True)
    plot = Plot(
        picture, "Annoncé (barre) et arrivé (rond, avec son intervalle), table ajustée", "Les chiffres sont au tableau suivant"
    )
    said = f"Erreur d'annonce de la table ajustée : {thousandths(error)} (0 serait parfait)."
    return Section(title, (texts()["lecture"]["calage"], plot, said, tables.bands(rows)))


def _stability(question: Question) -> Section:
    blocks: list[Block] = [tables.days(question)]
    if len(question.spread):
        blocks = [texts()["lecture"]["stabilite"], *_spreads(question), *blocks]
    return Section("Est-ce stable ?", tuple(blocks))


def _spreads(question: Question) -> Iterator[Block]:
    """A picture and a sentence for each table that has values."""
    for model, rows in question.spread.groupby("model", sort=False):
        if (rows["p50"] > rows["p90"] * LOW).any():
            yield _boxes(rows, str(model))
        else:
            yield f"{named(str(model)).capitalize()} : chaque dimanche, plus de la moitié des ménages sont tout en bas."
        high = rows["high_share"].astype("float64")
        yield (
            f"{named(str(model)).capitalize()} : la part des ménages dans le dixième le plus haut de tous les dimanches va de "
            f"{hundred(high.min())} à {hundred(high.max())} sur 100 selon le dimanche."
        )


def _boxes(rows: pd.DataFrame, model: str) -> Plot:
    is_share = model != HAND_SET
    quantiles = [tuple(float(share) for share in (line.p10, line.p25, line.p50, line.p75, line.p90)) for line in lines(rows)]
    unit = "chances annoncées, sur 100" if is_share else "points"
    picture = plots.boxes([line.as_of.date() for line in lines(rows)], quantiles, unit, is_share=is_share)
    return Plot(picture, f"Où se tiennent les ménages, {named(model)}", "La phrase suivante en donne l'étendue")


def _transparency(question: Question) -> Section:
    if not question.opaque or "points" not in question.models:
        return Section("Le prix de la lisibilité", (texts()["sans_ajustee"],))
    return Section("Le prix de la lisibilité", (texts()["lecture"]["transparence"], tables.transparency(question)))


def _ties(question: Question) -> Section:
    means = question.at().groupby("model")[["precision_worst", "precision_best"]].mean()
    model = question.models[0]
    width = 100 * float(means["precision_best"][model] - means["precision_worst"][model])
    said = f"Pour la {named(model)}, la coupe peut changer {tenths(width)} ménages sur 100."
    return Section("Quand plusieurs ménages se valent", (texts()["lecture"]["egalites"], said, tables.ties(question)))


def _bars(question: Question) -> Section:
    return Section("Les seuils de la maison", (bars.table(question), texts()["lecture"]["seuils"]))
