"""The newest backtest of a landlord as pages that people read, beside the files it is made from."""

from pathlib import Path

from riskmodel.backtest import evidence, report
from riskmodel.documents import hypertext, paper
from riskmodel.errors import NothingKnown
from riskmodel.settings import Settings, landlord


def write_report(settings: Settings, landlord_id: str) -> list[Path]:
    """Writes rapport.html and rapport.pdf beside the figures of the newest backtest and returns their paths; the same figures
    give the same bytes. Raises NothingKnown when nothing was measured yet."""
    folder = newest(settings, landlord_id)
    page = report.report(evidence.read(folder))
    made = {"rapport.html": hypertext.html(page).encode(), "rapport.pdf": paper.pdf(page)}
    return [_put(folder / name, content) for name, content in made.items()]


def newest(settings: Settings, landlord_id: str) -> Path:
    """The folder of the newest backtest; SettingsError for a landlord nobody declared."""
    measured = settings.outputs / landlord(settings, landlord_id).landlord_id / "backtest"
    found = sorted(path.parent for path in measured.glob("*/context.json"))
    if not found:
        raise NothingKnown(f"{landlord_id} : rien n'a encore été mesuré. Lancez d'abord : riskmodel backtest run {landlord_id}")
    return found[-1]


def _put(path: Path, content: bytes) -> Path:
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(content)
    return aside.replace(path)
