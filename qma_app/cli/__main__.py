"""`python -m qma_app.cli`: the command without an installed script."""

import sys

from qma_app.cli import main

sys.exit(main())
