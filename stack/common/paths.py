"""Where things lie. Everything that is made at run time lies below `.local/`."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
CACHE = LOCAL / "cache"
PYTHON = ROOT / ".venv" / "bin" / "python"
FRONTEND = ROOT / "frontend"
SPA_DIST = FRONTEND / "dist"
