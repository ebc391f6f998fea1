# The package of the browser page, for type checkers; goes when `__init__.py` stands here.
