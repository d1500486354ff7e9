"""XLSX, CSV and PDF made from frozen facts; templates live in reports/.

In: a frozen list or a quality summary. Out: files people open.
"""

from riskmodel.documents.files import write

__all__ = ["write"]
