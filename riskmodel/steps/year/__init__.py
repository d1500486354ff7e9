"""A simulated life of the demo landlord's orientations: decisions, referrals, places, measures, rights, day after day.

In: a synthetic landlord whose lists are frozen (or a Monday's work that freezes them), and days.
Out: the register, moved by the same functions that people move it with. Nothing is drawn at random: what becomes of a household
follows from a checksum, so that the same lists and days give the same year.
"""

from riskmodel.steps.year.living import live

__all__ = ["live"]
