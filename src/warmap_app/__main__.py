"""`python -m warmap_app` is the `warmap` command.

For `-m` Python puts the current folder before everything else, where submitted files may lie; it goes before more is
imported. What Python itself has imported until here cannot be undone: `warmap`, or `python -P -m warmap_app`, is safe.
"""

import os
import sys

if not sys.flags.safe_path and sys.path and sys.path[0] in {"", os.getcwd()}:  # noqa: PTH109  pathlib is not yet imported
    own = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    if sys.path[0] and own != sys.path[0]:
        del sys.path[0]

from warmap_app.main import main

sys.exit(main())
