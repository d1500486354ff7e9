"""Who may enter, what each may do, and what they did: accounts, sessions, one policy, one chained log.

In: the register's session, what people type or a provider signed, the instant. Out: a viewer, a yes or a no, a line of log.
A request is judged by `policy.may`; what it did is kept by `log.append`.
"""
