"""Folders of submitted sheets, and the `warmap` command."""
