"""`docs/dispositifs.md`, written from the schemes themselves: the ladder, each scheme, the facts, and how to add one."""

from collections.abc import Iterable, Mapping

from riskmodel.schemes.facts import FACTS, Fact
from riskmodel.schemes.scheme import Condition, Line, Meeting, Report, Scheme, Step
from riskmodel.schemes.vocabulary import ACTORS, DOCUMENTS, PARTIES, PURPOSES
from riskmodel.schemes.wording import wanted

_HEAD = """# Dispositifs

Page produite par `riskmodel schemes page` à partir des fichiers de `riskmodel/schemes/shipped` ; la modifier ici ne change rien.

Un dispositif est ce vers quoi un ménage signalé, puis relu par une personne, peut être orienté : un droit, un accord, un
accompagnement, un bail glissant. Chacun est un fichier de texte : public, conditions, étapes et délais, documents et signataires,
durée, places, réunions, bilans, fins. Les nombres viennent des documents cités ; ce qu'un document ne dit pas porte la mention
« à confirmer ». Rien ici ne lit un score, ni, dans les données, l'âge, la famille, la santé ou le quartier d'un ménage : quand un
dispositif a une limite d'âge, c'est le candidat qui le dit, pour ce dispositif seul.
"""
_LADDER = """## L'échelle

Pour un ménage, les dispositifs sont essayés du plus léger au plus lourd. Chacun **convient**, **ne convient pas** (toutes les
conditions qui manquent sont dites) ou **ne peut pas encore se dire** (les questions à poser sont dites). Le premier qui convient
est proposé en premier ; une personne choisit. Quatre règles valent pour tous, y compris ceux qu'un bailleur ajoute :

* un dispositif d'accès ne convient jamais à un ménage déjà logé, ni un dispositif de maintien à un candidat ;
* pour un ménage déjà logé, une sous-location ne convient qu'après une résiliation effective du bail ;
* un surendettement recevable, ou des mesures en cours, écartent toute démarche sur la dette d'avant ;
* un fait inconnu ne vaut jamais oui : la question est posée.

Une condition dite *souple* n'écarte que si le contraire est connu. Dans les étapes et les signatures, l'*association* est
l'association ou le CCAS partenaire ; l'*organisme*, celui qui décide ou oriente : CAF, MSA, Département, Banque de France, Action
Logement, service référent.
"""
_OWN = """## Ajouter ou adapter un dispositif

Écrire un fichier `mon_dispositif.toml` dans un dossier du bailleur, sur le modèle d'un de ceux de `riskmodel/schemes/shipped` ;
son nom est le code du dispositif. Un fichier du même nom qu'un dispositif fourni le remplace (délais, conditions, lignes de
financement), sans pouvoir changer sa nature : accès ou maintien, places, sous-location, démarche sur la dette. Le plus court :

```toml
name = "Permanence budget de l'agence"
source = "Convention locale du 1er septembre 2026."
purpose = "maintien"
rung = 35                  # entre le plan d'apurement (30) et le FSL (40)
rung_why = "Un rendez-vous, sans dossier."
public = "Locataire qui souhaite faire le point sur son budget."
uses_place = false

[[condition]]
fact = "wants_help"
test = "is"                # is, is_not, in ; at_least et at_most pour un nombre ou l'étape de la procédure
value = true
text = "Le ménage n'a pas demandé d'aide."

[[step]]
code = "meeting"
label = "Rendez-vous à la permanence"
by = "bailleur"
within_days = 15

[ends]
met = "ménage reçu"
```

* `riskmodel schemes check DOSSIER` lit tous les fichiers et dit tous leurs défauts à la fois ;
* `riskmodel schemes show pcs` montre un dispositif par son code (avec `--folder DOSSIER`, celui du bailleur) ;
* `riskmodel schemes page` réécrit cette page.

Un code d'action qui porte le nom d'un dispositif y conduit. Les textes d'un dispositif décrivent le dispositif, jamais un ménage.
"""


def markdown(schemes: Mapping[str, Scheme]) -> str:
    """The whole page."""
    purposes = [_ladder(label, [s for s in schemes.values() if s.purpose == code]) for code, label in PURPOSES.items()]
    return "\n".join([_HEAD, _LADDER, *purposes, _facts(), *(section(scheme) for scheme in schemes.values()), _OWN])


def _ladder(title: str, schemes: list[Scheme]) -> str:
    lines = [
        f"| {s.rung} | [{s.name}](#{anchor(s)}) | {'oui' if s.uses_place else 'non'} | {s.rung_why} |"
        for s in sorted(schemes, key=lambda s: (s.rung, s.code))
    ]
    head = (
        f"### {title[0].upper()}{title[1:]}\n\n| marche | dispositif | places | pourquoi à cette marche |\n|---:|---|---|---|\n"
    )
    return head + "\n".join(lines) + "\n"


def anchor(scheme: Scheme) -> str:
    """Where a scheme's section is in the page: its heading as browsers make an address of it."""
    kept = "".join(letter for letter in _title(scheme).lower() if letter.isalnum() or letter in " -_")
    return kept.replace(" ", "-")


def _title(scheme: Scheme) -> str:
    return f"{scheme.name} ({scheme.code})"


def _facts() -> str:
    lines = [
        f"| `{fact.code}` | {fact.label} | {_values(fact)} | {'déclaré : ' if fact.is_declared else ''}{fact.origin} |"
        for fact in FACTS.values()
    ]
    head = (
        "## Les faits qu'une condition peut lire\n\nUn fait *déclaré* est la réponse d'une personne, pour un dispositif ; il "
        "n'entre dans aucun score.\n\n| fait | sens | valeurs | d'où il vient |\n|---|---|---|---|\n"
    )
    return head + "\n".join(lines) + "\n"


def _values(fact: Fact) -> str:
    if fact.codes:
        return (" < " if fact.is_ordered else ", ").join(f"`{code}` {label}" for code, label in fact.codes.items())
    if fact.kind == "bool":
        return "oui, non"
    return {"hundredths": "centièmes de terme net", "cents": "centimes", "count": "nombre"}[fact.unit or "count"]


def section(scheme: Scheme) -> str:
    """One scheme in Markdown, as the page and the terminal show it."""
    parts = [
        f"## {_title(scheme)}\n",
        f"**Pour qui.** {scheme.public}\n",
        f"**Source.** {scheme.source}\n",
        f"**Marche {scheme.rung}.** {scheme.rung_why}\n",
        _bullets("Conditions", [_condition(condition) for condition in scheme.conditions]),
        _steps(scheme),
        _bullets("Documents", [_document(code, scheme) for code in scheme.documents]),
        _bullets("Durée et places", [*_duration(scheme), *_capacity(scheme)]),
        _bullets("Réunions et bilans", [*map(_meeting, scheme.meetings), *map(_report, scheme.reports)]),
        _labels("Fins possibles", scheme.ends),
        _labels("Objectifs de l'évaluation", scheme.goals),
        _labels("Actions de l'évaluation", scheme.actions),
        _bullets("À confirmer", scheme.to_confirm),
    ]
    return "\n".join(part for part in parts if part)


def _bullets(title: str, lines: Iterable[str]) -> str:
    told = "".join(f"* {line}\n" for line in lines)
    return f"**{title}**\n\n{told}" if told else ""


def _labels(title: str, labels: Mapping[str, str]) -> str:
    told = ", ".join(f"{label} (`{code}`)" for code, label in labels.items())
    return f"**{title}.** {told}.\n" if told else ""


def _condition(condition: Condition) -> str:
    lenient = " (souple)" if condition.is_lenient else ""
    return f"{FACTS[condition.fact].label} : {wanted(condition)}{lenient}. Sinon : {condition.text_when_unmet}"


def _steps(scheme: Scheme) -> str:
    labels = {step.code: step.label for step in scheme.steps}
    lines = "".join(f"| {_step(step)} | {_delay(step, labels)} | {_paper(step)} |\n" for step in scheme.steps)
    head = "**Étapes**\n\n| étape | par | délai | document |\n|---|---|---|---|\n"
    return head + lines if lines else ""


def _step(step: Step) -> str:
    return f"{step.label} (`{step.code}`) | {ACTORS[step.by]}"


def _delay(step: Step, labels: Mapping[str, str]) -> str:
    start = f"après « {labels[step.after]} »" if step.after else "après la validation"
    return f"{step.within_days} jour{'s' if step.within_days >= 2 else ''} {start}"


def _paper(step: Step) -> str:
    return DOCUMENTS[step.document] if step.document else ""


def _document(code: str, scheme: Scheme) -> str:
    signers = ", ".join(PARTIES[party] for party in scheme.parties[code])
    return f"{DOCUMENTS[code]} : " + (f"signé par {signers}" if signers else "sans signature")


def _duration(scheme: Scheme) -> list[str]:
    length, slide = scheme.duration, scheme.slide
    told = [
        ("accompagnement de {} mois", length.months),
        ("{} mois au plus en tout", length.max_months),
        ("renouvelable {} fois", length.renewals),
        ("bail glissé au plus tôt au mois {}", slide.earliest_months if slide else None),
        ("bail glissé au plus tard au mois {}", slide.latest_months if slide else None),
        ("réponse du bailleur au préfet {} mois avant la fin de la sous-location", slide.notice_months if slide else None),
        ("veille sociale de {} mois après la fin", scheme.aftercare_months or None),
    ]
    return [text.format(number) for text, number in told if number is not None]


def _capacity(scheme: Scheme) -> list[str]:
    limits = scheme.capacity
    told = [f"1 travailleur social pour {limits.households_per_worker} ménages"] if limits.households_per_worker else []
    told += [_line(line) for line in limits.lines]
    staff = limits.landlord_fte_hundredths
    return told + ([f"chez le bailleur : {staff / 100:.2f} ETP de CESF".replace(".", ",")] if staff else [])


def _line(line: Line) -> str:
    volumes = [
        f"{number} {word}"
        for number, word in ((line.measures, "mesures"), (line.measure_months, "mois-mesures"), (line.places, "places"))
        if number
    ]
    return f"{line.label} (`{line.code}`) : " + (", ".join(volumes) or "volume fixé par la convention")


def _meeting(meeting: Meeting) -> str:
    if meeting.yearly_before:
        month, day = meeting.yearly_before.split("-")
        rhythm = f"chaque année avant le {day}/{month}"
    elif meeting.every_weeks:
        rhythm = f"toutes les {meeting.every_weeks} semaines" if meeting.every_weeks > 1 else "chaque semaine"
    else:
        rhythm = _every(meeting.every_months or 1)
    return f"{meeting.label} (`{meeting.code}`) : {rhythm}" + (", une par unité de gestion" if meeting.by_unit else "")


def _report(report: Report) -> str:
    rhythm = "à la fin" if report.at_end else _every(report.every_months or 1)
    return f"{report.label} (`{report.code}`) : {ACTORS[report.by]}, {rhythm}"


def _every(months: int) -> str:
    return "chaque mois" if months == 1 else f"tous les {months} mois"
