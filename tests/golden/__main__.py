"""`python -m tests.golden` writes the expected output anew: the site, and, where there is Nix, what the modules render and declare."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.golden.site import EXPECTED, build_golden
from tests.modules import rendered, units

with tempfile.TemporaryDirectory() as folder:
    files = build_golden(Path(folder))
shutil.rmtree(EXPECTED, ignore_errors=True)
for name, data in files.items():
    target = EXPECTED / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
print(f"{EXPECTED.name}/: {len(files)} files")
if shutil.which("nix-instantiate"):
    texts = rendered.golden() | units.golden()
    shutil.rmtree(rendered.EXPECTED)
    for name, text in texts.items():
        target = rendered.EXPECTED / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        print(f"{rendered.EXPECTED.name}/{name}")
    rendered.REFERENCE.write_text(rendered.reference(), encoding="utf-8")
    print(f"{rendered.REFERENCE.parent.name}/{rendered.REFERENCE.name}")
