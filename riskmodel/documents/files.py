"""The four files of a list, put in place whole or not at all."""

from pathlib import Path

from riskmodel.documents.flat import flat
from riskmodel.documents.summary import summary
from riskmodel.documents.workbook import points, workbook
from riskmodel.weekly.frozen import FrozenList


def write(frozen: FrozenList, folder: Path) -> list[Path]:
    """Writes liste.xlsx, liste.csv, synthese.pdf and points.xlsx under `folder` and returns their paths; the same list gives the
    same bytes. Only points.xlsx, which is for after the decisions, holds scores.

    Nothing is written unless all could be made; each file is written aside, then renamed over the old one.
    """
    made = {
        "liste.xlsx": workbook(frozen),
        "liste.csv": flat(frozen),
        "synthese.pdf": summary(frozen),
        "points.xlsx": points(frozen),
    }
    folder.mkdir(parents=True, exist_ok=True)
    return [_put(folder / name, content) for name, content in made.items()]


def _put(path: Path, content: bytes) -> Path:
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(content)
    return aside.replace(path)
