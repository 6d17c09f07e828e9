"""What a total may contain that is not spending, one YAML file each, read by `transforms.measure.contents`."""
