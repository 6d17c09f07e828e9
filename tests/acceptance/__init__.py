"""Campaigns, kept apart from what every change must pass: folders of real documents, changes of meaning, damage, kills, whole runs again."""
