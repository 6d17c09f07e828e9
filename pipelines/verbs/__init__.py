"""What the `peso` command prints: each verb's answer as text, without doing the work.

In: a `Home` and its releases. Out: text, tables, CSV and JSON for people.
"""
