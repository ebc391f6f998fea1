"""`python -m warmap_app` is the `warmap` command."""

import sys

from warmap_app.main import main

sys.exit(main())
