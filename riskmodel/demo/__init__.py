"""A small synthetic landlord, so that anyone can try the whole flow in a minute.

In: the extract shipped in this folder. Out: nightly deliveries in an inbox.
"""
