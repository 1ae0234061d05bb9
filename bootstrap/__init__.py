"""What `make run` and `make test` do, from a bare Python on: standard library only, nothing of the site imported."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
