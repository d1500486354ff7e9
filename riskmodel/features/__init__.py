"""Runs sql/ as of a date and returns one row a lease, with a data dictionary.

In: the lake as of a date. Out: a frame of features keyed by lease_id.
"""

from riskmodel.features.account import Account, read_account
from riskmodel.features.build import compute
from riskmodel.features.dictionary import FEATURES, Feature, dictionary_markdown, switched_off

__all__ = ["FEATURES", "Account", "Feature", "compute", "dictionary_markdown", "read_account", "switched_off"]
