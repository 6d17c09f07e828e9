"""Affordability cards shipped with the program: one YAML file each, read by `transforms.claims.cards`."""
