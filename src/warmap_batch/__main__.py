"""`python -m warmap_batch` is the `warmap` command."""

import sys

from warmap_batch.start import main

sys.exit(main())
