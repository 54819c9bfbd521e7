"""`python -m alcatraz`."""

from __future__ import annotations

import os
import sys
import threading

from alcatraz.cli import main

try:
    main()
except SystemExit as end:
    status = end.code
    if not isinstance(status, int | None):
        raise
else:
    status = 0
sys.stdout.flush()
sys.stderr.flush()
# To take all objects of a site apart, one by one, is longer work than to start; the system lets go of them in one.
if threading.active_count() == 1:
    os._exit(status or 0)
sys.exit(status)
