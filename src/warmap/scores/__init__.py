"""The scores: pure functions of the map and the settings, one module a subject."""
