"""Errors a person meets: what was seen, what was expected, the next move. One exit code a class.

Messages are in French because they reach the landlord's staff; none may carry a person's name.
"""


class VigieError(Exception):
    """Shown to the user without a traceback; `exit_code` tells a job's owner why it stopped."""

    exit_code = 1


class SettingsError(VigieError):
    """The settings or a landlord's file cannot be used as written."""

    exit_code = 2


class ProfileError(VigieError):
    """A source profile is incomplete or contradicts itself."""

    exit_code = 3


class DeliveryRefused(VigieError):
    """A delivery breaks a table rule: nothing of it becomes visible."""

    exit_code = 4


class NothingKnown(VigieError):
    """A question was asked about a landlord or a day for which no delivery was ever accepted."""

    exit_code = 5


class TableFileError(VigieError):
    """A points table does not add up, or is not approved."""

    exit_code = 6


class ListRefused(VigieError):
    """A weekly list cannot be produced from what is known (stale or missing data)."""

    exit_code = 7


class RunIncomplete(VigieError):
    """At least one landlord's night or Monday did not end well; the others' results stand."""

    exit_code = 8


class DecisionRefused(VigieError):
    """A person's act cannot be recorded as asked: unknown code or row, no account, or a decision already taken."""

    exit_code = 10


class TooLittleHistory(VigieError):
    """A table cannot be fitted on so short or so quiet a past: the hand-set table goes on serving."""

    exit_code = 9


class AccessRefused(VigieError):
    """An account, an invitation or a grant cannot be what was asked; nothing says whether another account exists."""

    exit_code = 11


class ApprovalRefused(VigieError):
    """A list cannot be approved or reopened as asked: rows that nobody read, or an approval given already."""

    exit_code = 12


class SchemeRefused(VigieError):
    """A scheme's file cannot be used as written, or a situation says something no scheme can read."""

    exit_code = 13


class MoveRefused(VigieError):
    """A referral cannot be moved, shared or taken back as asked: a step is missing, a detail wrong, or its state forbids it."""

    exit_code = 14


class PlaceRefused(VigieError):
    """A place cannot be booked as asked: a limit would be overrun. Or a partner's limit cannot be what was written."""

    exit_code = 15


class DocumentRefused(VigieError):
    """A document of an orientation cannot be written: facts are missing, have no place in it, or are not of its scheme."""

    exit_code = 16


class LawUnknown(VigieError):
    """The dated values of the law cannot be used as written, or say nothing of what was asked on that day."""

    exit_code = 17


class SessionRefused(VigieError):
    """A session of the commission, or a case brought to it, cannot be what was asked: its days, words or state forbid it."""

    exit_code = 18
