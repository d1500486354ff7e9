"""The quality report as a page: one file, no script, no address elsewhere, readable on paper and by a screen reader."""

from collections.abc import Iterable
from html import escape
from string import Template
from typing import Any

from riskmodel import REPOSITORY
from riskmodel.intake.limits import WAITING_DAYS

TEMPLATE = REPOSITORY / "reports" / "qualite.html"
MODES = {"full": "complète", "incremental": "incrémentale"}


def page(said: dict[str, Any]) -> str:
    """The report of `said` (see `quality.facts`) as HTML."""
    is_accepted = said["status"] == "accepted"
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=escape(f"Qualité de la livraison du {day(said['as_of'])} – {said['landlord']}"),
        landlord=escape(said["landlord"]),
        day=day(said["as_of"]),
        synthetic='<p class="synthetic">Données synthétiques : aucune ligne ne décrit une personne réelle.</p>'
        * said["is_synthetic"],
        status="accepted" if is_accepted else "refused",
        verdict=_verdict(said, is_accepted),
        delivery=_delivery(said),
        refusals=_refusals(said["refusals"]),
        tables=_tables(said["tables"], is_accepted),
        balances=_balances(said),
        waiting=_waiting(said["waiting"], is_accepted),
        faults=_faults(said["faults"]),
        missing=_missing(said["missing"]),
    )


def day(iso: str) -> str:
    """`2026-10-31` as `31/10/2026`."""
    return "/".join(reversed(iso.split("-")))


def count(number: int) -> str:
    """A whole number with no-break thin spaces between thousands."""
    return f"{number:,}".replace(",", "\u202f")


def counted(number: int, one: str, many: str) -> str:
    """A number and what it counts, in agreement."""
    return f"{count(number)} {one if number < 2 else many}"


def _verdict(said: dict[str, Any], is_accepted: bool) -> str:
    if is_accepted:
        lost = sum(table["quarantined"] for table in said["tables"])
        released, waiting = (sum(table[key] for table in said["waiting"]) for key in ("released", "waiting"))
        said_of = [
            counted(lost, "ligne est en quarantaine et n'a pas été prise", "lignes sont en quarantaine et n'ont pas été prises")
            if lost
            else "Aucune ligne de la livraison n'est en quarantaine",
            released and counted(released, "ligne qui attendait est prise", "lignes qui attendaient sont prises"),
            waiting and counted(waiting, "ligne attend son rattachement", "lignes attendent leur rattachement"),
        ]
        return " ".join(["<strong>Livraison acceptée.</strong>", *(f"{text}." for text in said_of if text)])
    last = said["visible_as_of"]
    seen = f"L'arrêté du {day(last)} reste visible." if last else "Aucune livraison antérieure n'est visible."
    return f"<strong>Livraison refusée en entier.</strong> Rien n'en a été pris. {seen}"


def _delivery(said: dict[str, Any]) -> str:
    pairs = {
        "Bailleur": said["landlord_id"],
        "Arrêté": day(said["as_of"]),
        "Mode": MODES[said["mode"]],
        "Profil de lecture": said["profile"],
        "Adresse": said["address"],
    }
    return "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in pairs.items())


def _refusals(refusals: list[dict[str, Any]]) -> str:
    if not refusals:
        return ""
    rows = (
        [_capital(fault["title"]), _place(fault), fault["value"], fault["expected"], fault["next_move"]] for fault in refusals
    )
    head = ["Règle", "Où", "Lu", "Attendu", "Que faire"]
    return f"<h2>Pourquoi elle est refusée</h2>{_table('Règles de table non respectées', head, rows)}"


def _tables(tables: list[dict[str, Any]], is_accepted: bool) -> str:
    columns = {"read": "Lues", "accepted": "Acceptées" if is_accepted else "Sans faute", "quarantined": "Quarantaine"}
    if is_accepted:
        columns |= {"added": "Ajoutées", "changed": "Modifiées", "removed": "Retirées", "unchanged": "Inchangées"}
    keys, head = list(columns), ["Table", "Fichier", *columns.values()]
    rows = ([_capital(table["french"]), ", ".join(table["files"]), *(count(table[key]) for key in keys)] for table in tables)
    ignored = [f"{table['french']} : {', '.join(table['ignored'])}" for table in tables if table["ignored"]]
    note = f"<p>Colonnes non prévues par le profil, laissées à la porte : {escape(' ; '.join(ignored))}.</p>" if ignored else ""
    return _table("Lignes par table", head, rows, numbers=2) + note


def _balances(said: dict[str, Any]) -> str:
    balances = said["balances"]
    if not balances["sent"]:
        is_delivered = any(table["name"] == "balances" and table["read"] for table in said["tables"])
        which = "Aucun des soldes livrés n'a pu être comparé" if is_delivered else "Aucun solde n'a été livré"
        return f"<p>{which}\u00a0: le grand livre n'est pas rapproché.</p>"
    agreed = f"{count(balances['sent'] - balances['gaps'])} sur {count(balances['sent'])}"
    text = f"<p>Soldes égaux au centime à la somme des écritures\u00a0: {agreed}.</p>"
    rows = ([_place(fault), fault["value"], fault["expected"]] for fault in balances["examples"])
    return text + (
        _table("Soldes non rapprochés (premiers)", ["Où", "Solde de l'ERP", "Grand livre"], rows) if balances["gaps"] else ""
    )


def _waiting(tables: list[dict[str, Any]], is_accepted: bool) -> str:
    if not tables:
        return ""
    keys = ["before", "released", "expired", "waiting"]
    head = ["Table", "Attendaient", "Prises cette fois", "Abandonnées", "Attendent encore"]
    rows = ([_capital(table["french"]), *(count(table[key]) for key in keys)] for table in tables)
    told = (
        "Ces lignes dépendent d'une autre (un bail, un paiement) qui n'est pas encore connue. Elles sont prises d'elles-mêmes "
        "avec la livraison qui l'apporte, remplacées si elles sont livrées à nouveau, abandonnées après "
        f"{WAITING_DAYS}\u00a0jours." + " Une livraison refusée n'y change rien." * (not is_accepted)
    )
    return f"<h2>Lignes en attente</h2><p>{_typeset(told)}</p>{_table('Lignes en attente par table', head, rows, numbers=1)}"


def _faults(groups: list[dict[str, Any]]) -> str:
    if not groups:
        return "<p>Aucune ligne de cette livraison.</p>"
    return "".join(_group(group) for group in groups)


def _group(group: dict[str, Any]) -> str:
    title = f"{_capital(group['title'])} – {group['french']}" + (f", {group['column']}" if group["column"] else "")
    rows = ([_place(fault), fault["value"], fault["expected"]] for fault in group["examples"])
    shown = len(group["examples"])
    more = f" (les {shown} premières)" if group["count"] > shown else ""
    lines = counted(group["count"], "ligne", "lignes")
    return (
        f"<section><h3>{_typeset(f'{title} : {lines}')}</h3><p>{_typeset(group['next_move'])}</p>"
        f"{_table(f'Exemples{more}', ['Fichier:ligne', 'Valeur lue', 'Attendu'], rows)}</section>"
    )


def _missing(missing: list[dict[str, str]]) -> str:
    if not missing:
        return "<p>Toutes les tables du contrat sont connues\u00a0: aucun signal n'est coupé.</p>"
    rows = ([_capital(table["french"]), table["switched_off"]] for table in missing)
    return _table("Tables jamais livrées", ["Table", "Signaux coupés"], rows)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _typeset(text: str) -> str:
    """Text as HTML, with no-break spaces where French typography wants them."""
    for mark in "»:;!?%€":
        text = text.replace(f" {mark}", f"\u00a0{mark}")
    return escape(text.replace("« ", "«\u00a0"), quote=False)


def _place(fault: dict[str, Any]) -> str:
    return fault["file"] if fault["line"] is None else f"{fault['file']}:{fault['line']}"


def _table(caption: str, head: list[str], rows: Iterable[list[str]], *, numbers: int | None = None) -> str:
    """A table with a caption; the first cell of each row is its header, cells from rank `numbers` on are figures."""
    figures = [' class="number"' if numbers is not None and rank >= numbers else "" for rank in range(len(head))]
    heads = "".join(f'<th scope="col"{figures[rank]}>{escape(name)}</th>' for rank, name in enumerate(head))
    body = "".join(f"<tr>{_cells(row, figures)}</tr>" for row in rows)
    inside = f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody>"
    return f'<div class="scroll"><table>{inside}</table></div>'


def _cells(row: list[str], figures: list[str]) -> str:
    first = f'<th scope="row">{_typeset(row[0])}</th>'
    return first + "".join(f"<td{figures[rank]}>{_typeset(cell)}</td>" for rank, cell in enumerate(row) if rank)
