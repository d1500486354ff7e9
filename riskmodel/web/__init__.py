"""The review application: thin views over frozen lists, casework, access and people.

In: requests, the register, the files that lists froze. Out: French pages, and acts that casework, access and people record.
"""
