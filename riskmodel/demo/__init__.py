"""A small synthetic landlord, so that anyone can try the whole flow in a minute.

In: the extract shipped in this folder, in its ERP's own form.
Out: nightly deliveries in an inbox, and the landlord's declaration.
"""

from riskmodel.demo.inbox import install

__all__ = ["install"]
