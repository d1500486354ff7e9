"""From a reviewed flag to a measure: a household proposed to a scheme, shared behind a gate, followed to its end.

In: the register's session, schemes, facts of a closed vocabulary frozen at the proposal, acts of accounts at an instant.
Out: referrals with every move dated, attributed and undoable where that is honest; what is missing before sharing; the fiche a
partner may see; late steps; recalls. No name, no score, no free text.
"""
