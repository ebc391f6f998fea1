"""Findings as notes in the cells of a copy; every part that a note does not need stays byte for byte."""
