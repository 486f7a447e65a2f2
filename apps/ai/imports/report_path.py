import datetime as dt
import tempfile
from pathlib import Path

from django.conf import settings


def report_path(kind: str, now: dt.datetime) -> Path:
    local = Path(settings.BASE_DIR) / ".local"
    folder = local / "reports" if local.is_dir() else Path(tempfile.gettempdir())
    return folder / f"import-{kind}-{now:%Y%m%d-%H%M%S}.jsonl"
