"""What developers run: generated files, pictures, fuzzing. Not part of the installed package."""
