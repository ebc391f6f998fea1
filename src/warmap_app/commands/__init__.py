"""The commands: each module declares its own in `COMMANDS`, by name; `warmap_app.main` tells which module that is."""
