"""What people declare about sources: the catalogue of governments and documents, and corrections.

How a file is read and refused is in `warehouse.schema.declaration`, the one door for YAML. What a draft says of a new
document is for `transforms.describe`. In: YAML files. Out: `core.government`, `core.document` as declared, and corrections.
"""
