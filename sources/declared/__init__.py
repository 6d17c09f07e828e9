"""What people declare in YAML: the catalogue of governments and documents, and corrections.

The one place where such files are read and checked. What a draft says of a new document is for `transforms.describe`.
In: YAML files. Out: `core.government`, `core.document` as declared, and corrections.
"""
