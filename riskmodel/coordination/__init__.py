"""What partners and landlord look at together: agendas and figures of the meetings that schemes declare.

In: the register's session, a landlord's schemes, a day. Out: a pack (agenda, figures, plots) and its workbook.
Every figure is counted from the moves that were known that day; no name, no lease, no score, no free text.
"""
