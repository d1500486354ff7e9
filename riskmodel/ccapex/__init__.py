"""The eviction-prevention commission (CCAPEX) prepared and followed: sessions, the cases brought to them, what came of each.

In: the register's session, closed codes, days and accounts. Out: views that pages and files show. A case asks for help; nothing
here proposes or hastens an act. What the words mean is in `vocabulary.toml`.
"""
