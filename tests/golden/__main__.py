"""`python -m tests.golden` writes the expected output anew."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.golden.site import EXPECTED, build_golden

with tempfile.TemporaryDirectory() as folder:
    files = build_golden(Path(folder))
shutil.rmtree(EXPECTED, ignore_errors=True)
for name, data in files.items():
    target = EXPECTED / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
print(f"{EXPECTED.name}/: {len(files)} files")
