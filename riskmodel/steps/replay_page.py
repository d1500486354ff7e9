"""The replay of a table as sentences and rows in French, on a screen or on one page that a person reads before approving."""

from html import escape
from pathlib import Path
from string import Template
from typing import Any

from riskmodel import REPOSITORY
from riskmodel.score.french import counted
from riskmodel.settings import Landlord, Settings

TEMPLATE = REPOSITORY / "reports" / "rejeu.html"
HEADERS = ("Dimanche", "Gardés", "Ajoutés", "Retirés", "En place : touchés", "Proposée : touchés")
OPEN = "fenêtre ouverte"


def write(settings: Settings, landlord: Landlord, result: dict[str, Any]) -> Path:
    """Write the page under the landlord's outputs, and say where."""
    target = settings.outputs / landlord.landlord_id / "tables" / f"{result['name']}-{result['version']}" / "rejeu.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_suffix(".tmp")
    aside.write_text(page(landlord, result), encoding="utf-8")
    aside.replace(target)
    return target


def rows(result: dict[str, Any]) -> list[tuple[str, ...]]:
    """One row a Sunday, in the order of HEADERS, then the total."""
    lines = result["days"]
    total: dict[str, Any] = {"as_of": "Total"}
    total |= {key: sum(line[key] for line in lines) for key in ("kept", "added", "removed")}
    keys = ("old_listed", "old_hits", "new_listed", "new_hits")
    total |= {key: sum(line[key] or 0 for line in lines) if _closed(lines) else None for key in keys}
    return [_row(line) for line in [*lines, total]]


def sentences(result: dict[str, Any]) -> list[str]:
    """What the replay says, and how far it may be believed."""
    said = [
        f"{result['title']} : la table {result['version']} à la place de la table {result['against']}, sur "
        f"{counted(len(result['days']), 'dimanche', 'dimanches')} jusqu'au {_day(result['until'])}, à la même capacité.",
        "« Touchés » : parmi les ménages listés dont on connaît la suite, ceux à qui l'événement est arrivé dans les 90 jours.",
    ]
    if result["days_learnt"]:
        said.append(
            f"Attention : la table proposée a été ajustée sur {result['days_learnt']} de ces dimanches. Ses résultats y sont "
            "trop flatteurs ; ceux mesurés sur des jours jamais appris sont dans la table elle-même (bloc « metrics »)."
        )
    if not _closed(result["days"]):
        said.append("Aucune fenêtre n'est encore fermée : rien ne dit laquelle des deux tables liste le mieux.")
    return said


def page(landlord: Landlord, result: dict[str, Any]) -> str:
    """The replay as one HTML file, without script nor address elsewhere."""
    *days, total = rows(result)
    synthetic = '<p class="synthetic">Données synthétiques : aucun ménage réel.</p>'
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=escape(f"Rejeu de la table {result['name']}-{result['version']} – {landlord.name}"),
        synthetic=synthetic if landlord.is_synthetic else "",
        sentences="\n".join(f"<p>{escape(sentence)}</p>" for sentence in sentences(result)),
        headers="".join(f'<th scope="col">{escape(header)}</th>' for header in HEADERS),
        days="\n".join(_html(cells) for cells in days),
        total=_html(total),
        command=escape(
            f'riskmodel tables approve {landlord.landlord_id} {result["name"]}-{result["version"]} --by COMPTE --note "…"'
        ),
        digests=escape(f"Empreintes : proposée {result['digest']} ; en place {result['against_digest']}."),
    )


def _closed(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in lines if line["old_listed"] is not None]


def _row(line: dict[str, Any]) -> tuple[str, ...]:
    shown = line["as_of"] if line["as_of"] == "Total" else _day(line["as_of"])
    counts = (str(line[key]) for key in ("kept", "added", "removed"))
    return shown, *counts, _share(line, "old"), _share(line, "new")


def _share(line: dict[str, Any], which: str) -> str:
    listed, hits = line[f"{which}_listed"], line[f"{which}_hits"]
    if listed is None:
        return OPEN
    share = f"{100 * hits / listed:.1f}".replace(".", ",") + "\u00a0%" if listed else "–"
    return f"{hits} sur {listed} ({share})"


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


def _html(cells: tuple[str, ...]) -> str:
    first, *others = cells
    return f'<tr><th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in others) + "</tr>"
