"""The first sheet, Lisez-moi: what the list is, what it is not, how to read and answer it."""

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from riskmodel.documents.columns import FLAT, LAYOUT, Column
from riskmodel.documents.figures import changes, in_all, is_ruled, warnings
from riskmodel.documents.flat import LIST_COLUMNS
from riskmodel.documents.french import counted, integer, typeset, weekday
from riskmodel.documents.identity import unit_name
from riskmodel.documents.printing import height, set_print
from riskmodel.documents.record import head
from riskmodel.documents.styles import Styles
from riskmodel.documents.unit import Pair, unit_lines
from riskmodel.weekly.answers import ACTING, DECISIONS, IDENTITY_LINES, NO_REASON, PAUSING, WAITING
from riskmodel.weekly.frozen import TABS, FrozenList, Tab
from riskmodel.weekly.identity import fingerprint, list_id

NAME = "Lisez-moi"
WIDTH = 106
"""Of the text column."""

TAB_MEANINGS = {
    "urgence": "Un droit ou une échéance se joue : à traiter en premier",
    "derive": "La dette courante, encore sous 2 termes, risque de les atteindre d'ici 90 jours",
    "decrochage": "Le lien se perd, avec ou sans dette",
    "ne_peut_pas_dire": "Les données se contredisent ou manquent : à vérifier avant de conclure",
    "ecarte": "Dette apparente expliquée par un décalage ; réexaminée chaque nuit jusqu'à sa date de fin",
    "a_contacter": "Personne n'a essayé de joindre ces ménages récemment ; un silence seul n'est pas un décrochage",
}
NOT = (
    "Cette liste sert à proposer de l'aide plus tôt, rien d'autre. Aucun acte de procédure ne peut en partir ni s'y appuyer.",
    "Un score n'est pas un jugement : c'est une somme de points, chacun expliqué par un fait du compte ou des contacts.",
    "Une personne décide de chaque suite. Ce classeur est interne et ne sort pas de chez le bailleur ; il ne porte aucun score : "
    "les scores, leurs points et ce qui aurait évité chaque signalement sont dans points.xlsx, à ouvrir après les décisions.",
    "Ni âge, ni sexe, ni situation de famille, ni nationalité, ni santé, ni adresse n'entrent dans un score.",
)
_REASONS = (
    f"un seul, sauf pour {' ou '.join(f'« {DECISIONS[code]} »' for code in NO_REASON)}. "
    f"Pour agir : {', '.join(ACTING.values())}. Pour attendre : {', '.join(PAUSING.values())}"
)
ANSWERS = (
    ("Décision", f"choisir dans la liste : {', '.join(DECISIONS.values())}"),
    ("Motif", _REASONS),
    ("À revoir le", f"une date, seulement avec « {DECISIONS[WAITING]} » ; une case hachurée attend un motif ou une date"),
    ("Imprimer", "les colonnes jusqu'à « À revoir le » ; à leur droite, le détail (titres en italique) se lit à l'écran"),
    ("Enregistrer", "garder le format .xlsx ; trier et filtrer sont sans danger, la ligne est reconnue par son numéro de bail"),
    ("Rendre", "déposer le classeur sur la page de la liste : ce qu'il contredit est montré avant d'être enregistré"),
)
CSV = (
    "liste.csv reprend les lignes de tous les onglets, pour vos tableaux : les faits et les raisons, sans score ni points. "
    "UTF-8 avec marque d'ordre, point-virgule, virgule décimale, dates JJ/MM/AAAA : Excel en français l'ouvre d'un double clic. "
    "Une apostrophe est ajoutée devant un texte qui commencerait comme une formule."
)


def add_guide(book: Workbook, frozen: FrozenList, styles: Styles) -> None:
    """Writes the sheet; it has to be the book's first."""
    sheet = book.add_worksheet(NAME)
    sheet.set_column(0, 0, 25)
    sheet.set_column(1, 1, WIDTH)
    page = _Page(sheet, styles)
    _title(page, frozen)
    if said := head(frozen):
        page.sentences("Ce qui sert cette liste, et ce que les listes passées ont valu", tuple(said))
    page.pairs("Cette liste", _identity(frozen))
    page.pairs("Ce qu'elle contient", _contents(frozen))
    page.pairs("L'unité cette semaine", unit_lines(frozen))
    page.sentences("Ce qu'elle n'est pas", NOT)
    page.pairs("Répondre", ANSWERS)
    page.pairs("Barèmes appliqués", _tables(frozen))
    page.pairs("Lire les colonnes", _columns())
    page.sentences(
        "Le fichier liste.csv", (CSV, f"Colonnes : {', '.join((*LIST_COLUMNS, *(column.key or '' for column in FLAT)))}.")
    )
    set_print(sheet, frozen, NAME, is_landscape=False)
    sheet.print_area(0, 0, page.line, 1)


class _Page:
    """A sheet written from the top down, two columns wide."""

    def __init__(self, sheet: Worksheet, styles: Styles) -> None:
        self.sheet, self.styles, self.line = sheet, styles, 0

    def wide(self, text: str, style: str, height: float) -> None:
        """One text over both columns."""
        self.sheet.merge_range(self.line, 0, self.line, 1, "", self.styles.page(style))
        self.sheet.write_string(self.line, 0, typeset(text), self.styles.page(style))
        self.sheet.set_row(self.line, height)
        self.line += 1

    def pairs(self, heading: str, pairs: tuple[Pair, ...] | list[Pair]) -> None:
        """A section of labelled lines."""
        self._heading(heading)
        for label, text in pairs:
            self.sheet.write_string(self.line, 0, typeset(label), self.styles.page("label"))
            self.sheet.write_string(self.line, 1, typeset(text), self.styles.page("text"))
            self.sheet.set_row(self.line, height([(text, WIDTH)], least=1))
            self.line += 1

    def sentences(self, heading: str, texts: tuple[str, ...]) -> None:
        """A section of full-width sentences."""
        self._heading(heading)
        for text in texts:
            self.wide(text, "plain", height([(text, WIDTH + 25)], least=1))

    def _heading(self, text: str) -> None:
        self.line += 1
        self.wide(text, "heading", 20)


def _title(page: _Page, frozen: FrozenList) -> None:
    page.wide(f"Liste de la semaine {frozen.week[-2:].lstrip('0')} de {frozen.week[:4]}", "title", 28)
    unit = unit_name(frozen)
    page.wide(unit, "subtitle", height([(unit, WIDTH)], least=1) + 6)
    page.wide(frozen.landlord_name, "subtitle", 20)
    if frozen.is_synthetic:
        page.wide("DONNÉES SYNTHÉTIQUES : aucun ménage réel", "synthetic", 24)
    for warning in warnings(frozen):
        page.wide(f"À savoir : {warning}", "warning", height([(warning, WIDTH)], least=1) + 10)


def _identity(frozen: FrozenList) -> list[Pair]:
    return [
        ("Bailleur", frozen.landlord_name),
        ("Unité de gestion", frozen.management_unit),
        ("Semaine", typeset(f"{frozen.week}, liste du {weekday(frozen.monday)}")),
        ("Situation arrêtée au", typeset(f"{weekday(frozen.as_of)} ; rien de ce qui a été connu ensuite n'y entre")),
        ("Dernière livraison", weekday(frozen.last_delivery)),
        ("Capacité", typeset(f"{counted(frozen.capacity, 'ménage')} à examiner cette semaine, fixée avant la liste")),
        (IDENTITY_LINES["list"], list_id(frozen)),
        (IDENTITY_LINES["version"], fingerprint(frozen)),
    ]


def _contents(frozen: FrozenList) -> list[Pair]:
    lines = [(TABS[tab], f"{_tally(frozen, tab)}. {TAB_MEANINGS[tab]}{_by_rule(frozen, tab)}") for tab in TABS]
    left = counted(len(frozen.departures), "ménage")
    return [*lines, ("Sortis de la liste", f"{left}. Sur la liste précédente et plus sur celle-ci, avec la raison")]


def _by_rule(frozen: FrozenList, tab: Tab) -> str:
    return (
        ". Cette semaine, une règle simple classe cet onglet à la place du score : sans points" if is_ruled(frozen, tab) else ""
    )


def _tally(frozen: FrozenList, tab: Tab) -> str:
    (new, kept), total = changes(frozen)[tab], in_all(frozen, tab)
    shown = f", les {integer(new + kept)} premiers ici" if total > new + kept else ""
    return f"{counted(total, 'ménage')}{shown}" + (f", dont {counted(new, 'nouveau', 'nouveaux')}" if kept and new else "")


def _tables(frozen: FrozenList) -> list[Pair]:
    said = [
        (table.get("title", table["name"]), f"{table['name']}, version {table['version']}, empreinte {table['hash']}")
        for table in frozen.tables
    ]
    return said or [("Aucun", "aucun barème n'a servi")]


def _columns() -> list[Pair]:
    seen: dict[str, Column] = {}
    for columns in LAYOUT.values():
        seen |= {column.header: column for column in columns if column.header not in seen}
    return [(column.header, typeset(column.meaning)) for column in seen.values()]
