"""Successions shipped with the program: one YAML file each, read by `transforms.panel.successions`."""
