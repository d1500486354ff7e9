"""The report of the month: what is out of bounds first, then the limits, then figures with a picture and a table for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from riskmodel.documents.french import counted, day
from riskmodel.documents.page import Block, Bullets, Page, Plot, Section
from riskmodel.watch import plots, saying
from riskmodel.watch.attributes import ATTRIBUTES
from riskmodel.watch.calibration import BAND
from riskmodel.watch.fairness import ALL, lines, published
from riskmodel.watch.limits import Limits
from riskmodel.watch.metrics import METRICS
from riskmodel.watch.rules import SCORES, Measured
from riskmodel.watch.stability import SCORE
from riskmodel.watch.stops import REASONS, Answer, Breach, Stop, is_question
from riskmodel.watch.texts import texts

MAIN = tuple(name for name in ATTRIBUTES if name != "commune_code")
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]
STOPPED = (
    "Le score est arrêté ; une règle simple ordonne la liste. Il reprend quand la figure revient dans ses limites, ou quand une "
    "personne a répondu. Arrêts en cours :"
)
BESIDE = "Les chiffres sont au tableau suivant"
UNDECIDED = "Aucune décision enregistrée ce mois-ci : la part de décisions contraires n'est pas calculée."


@dataclass(frozen=True)
class Head:
    """Whose month it is, and the Sundays it was measured on; `served` of them had a list, the others were replayed."""

    landlord_name: str
    is_synthetic: bool
    end: date
    last_delivery: date
    days: tuple[date, ...]
    served: int
    newest: tuple[date, ...]

    @property
    def month(self) -> str:
        """« octobre 2026 »."""
        return f"{MONTHS[self.end.month - 1]} {self.end.year}"

    def basis(self) -> str:
        """On which days the figures stand, in a sentence."""
        if not self.days:
            return "aucun dimanche échu"
        replayed = len(self.days) - self.served
        shown = f"{counted(len(self.days), 'dimanche échu', 'dimanches échus')}, du {day(self.days[0])} au {day(self.days[-1])}"
        return f"{shown} ({self.served} avec une liste servie, {replayed} rejoués après coup)"


@dataclass(frozen=True)
class Standing:
    """What the month's rules found: figures out of bounds, those that stop, and the answers that hold."""

    found: tuple[Breach, ...]
    stops: tuple[Stop, ...]
    answers: tuple[Answer, ...]


def month_page(head: Head, measured: Sequence[Measured], standing: Standing, limits: Limits) -> Page:
    """The page of one month."""
    return Page(
        title=f"Veille de {head.month}",
        subtitle=head.landlord_name,
        facts=(
            ("Situation", f"au {day(head.end)} ; dernière livraison le {day(head.last_delivery)}"),
            ("Mesuré sur", head.basis()),
            ("Limites", f"écrites le {day(limits.dated)}, avant les chiffres"),
            (
                "Tables",
                " ; ".join(f"{one.table.title}, version {one.table.version} ({one.table.digest[:12]})" for one in measured),
            ),
        ),
        sections=(
            Section("Ce qui est hors limites", _verdict(standing, limits)),
            Section("Ce qui est mesuré, et les limites", _measure(limits)),
            *(section for one in measured for section in _of_score(one, head, limits)),
        ),
        as_of=head.end,
        is_synthetic=head.is_synthetic,
        footer=f"Document interne · aucune case de moins de {limits.small_cell} ménages · jointure avec les groupes effacée",
    )


def _verdict(standing: Standing, limits: Limits) -> tuple[Block, ...]:
    stopped = {(stop.name, stop.score, stop.subject) for stop in standing.stops}
    watched = tuple(_watched(breach, limits) for breach in standing.found if breach.key not in stopped)
    blocks: list[Block] = []
    if standing.stops:
        blocks += [STOPPED, Bullets(tuple(f"{limits.rules[stop.name].title}. {stop.sentence}" for stop in standing.stops))]
    if watched:
        blocks += ["Hors limites, sans arrêt à ce jour :", Bullets(watched)]
    if standing.answers:
        blocks.append(Bullets(tuple(_answered(answer, limits) for answer in standing.answers)))
    return tuple(blocks) or ("Aucune figure n'est hors de ses limites.",)


def _watched(breach: Breach, limits: Limits) -> str:
    rule = limits.rules[breach.name]
    if is_question(breach, limits):
        return f"Question au responsable · {breach.sentence}"
    return f"{rule.title} · {breach.sentence} {breach.months} mois sur {rule.months} avant l'arrêt."


def _answered(answer: Answer, limits: Limits) -> str:
    return f"Réponse du {day(answer.on)} (compte {answer.by}) à « {limits.rules[answer.name].title} » : {REASONS[answer.reason]}."


def _measure(limits: Limits) -> tuple[Block, ...]:
    order = ", puis ".join(METRICS[name].label.lower() for name in limits.order)
    bounds = f"{saying.number(limits.low)} à {saying.number(limits.high)}"
    said = (
        f"Ordre retenu : {order}. Limites : {bounds} fois les autres ménages.",
        f"Sous {limits.fewest} ménages concernés, dans le groupe ou chez les autres : « trop peu pour dire ».",
        f"Une case de moins de {limits.small_cell} ménages n'est pas montrée, ni celle qui permettrait de la retrouver.",
        "Un même ménage revient d'un dimanche à l'autre : il compte pour une seule preuve dans les intervalles.",
        "« Hors limites » seulement si l'intervalle, élargi selon le nombre de groupes jugés ensemble, exclut l'égalité.",
        limits.asked_only_reason,
    )
    return limits.reason, Bullets(said)


def _of_score(one: Measured, head: Head, limits: Limits) -> tuple[Section, ...]:
    name = SCORES[one.score].capitalize()
    shown = published(one.fairness, limits)
    return (
        Section(f"{name} : équité", _fairness(shown, limits)),
        Section(f"{name} : autres relevés par groupe", (saying.others(shown, MAIN), *_communes(shown, limits))),
        Section(f"{name} : calibrage", _calibration(one.calibration, limits)),
        Section(f"{name} : stabilité", _stability(one, head, limits)),
    )


def _fairness(shown: pd.DataFrame, limits: Limits) -> tuple[Block, ...]:
    blocks: list[Block] = [saying.whole(shown)]
    for metric in limits.order:
        drawn = saying.ratios(shown, metric, MAIN)
        if drawn:
            name = METRICS[metric].label
            picture = plots.forest(
                drawn, (limits.low, limits.high), f"{name} : rapport aux autres ménages (bande grise : limites)"
            )
            blocks.append(Plot(picture, f"{name} de chaque groupe rapporté aux autres ménages", BESIDE))
        blocks.append(saying.by_group(shown, metric, MAIN))
    return tuple(blocks)


def _communes(shown: pd.DataFrame, limits: Limits) -> tuple[Block, ...]:
    if "commune_code" not in set(shown["attribute"]):
        return ()
    return (saying.by_group(shown, limits.order[0], ["commune_code"]),)


def _calibration(found: pd.DataFrame, limits: Limits) -> tuple[Block, ...]:
    if found.empty:
        return (texts("fiche-modele")["sans_calibrage"],)
    kept = found[(found["attribute"] != BAND) & (found["reading"] != "few")]
    drawn = [(saying.title(line.attribute, line.group), line.ratio, line.low, line.high) for line in lines(kept)]
    axis = "Événements observés sur événements annoncés (bande grise : limites)"
    picture = [Plot(plots.forest(drawn, limits.calibration, axis), "Événements observés sur annoncés", BESIDE)]
    return (*(picture if drawn else []), saying.calibrated(found, (ALL, BAND, *MAIN)))


def _stability(one: Measured, head: Head, limits: Limits) -> tuple[Block, ...]:
    moved, kept = one.stability.shifts, one.stability.overlap
    said = f"Dimanches du {day(head.newest[0])} au {day(head.newest[-1])} comparés aux dimanches mesurés."
    if len(kept):
        said += f" D'un dimanche mesuré au suivant (28 jours), {saying.percent(kept['kept'].mean())} de la liste y était déjà."
    decided = int(one.stability.overrides.iloc[0]["decided"])
    told: Block = saying.overridden(one.stability.overrides) if decided else UNDECIDED
    return said, _moves(moved, limits), saying.shifts(moved, limits.question, limits.moved), told


def _moves(moved: pd.DataFrame, limits: Limits) -> Plot:
    drawn = [("Score" if line.input == SCORE else line.label, line.psi, line.chance_high) for line in lines(moved)]
    marks = [(limits.question, "question"), (limits.moved, "arrêt")]
    axis = "Déplacement (trait : dépassé par hasard 1 fois sur 20)"
    return Plot(plots.bars(drawn, marks, axis), "Déplacement du score et de chaque entrée", BESIDE)
