"""Identities and rights: the only room that reads names.

In: the tenants table of the lake. Out: lease-level rights (objection, death), no names.
"""
