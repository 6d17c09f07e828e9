"""Baskets shipped with the program: one YAML file each, read by `transforms.measure.baskets`."""
