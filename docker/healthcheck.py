"""Exits 0 while the container's role lives: a web role answers /health, a worker beats.

The image's HEALTHCHECK and the workers' probes in Kubernetes run it.
"""

import os
import sys
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from airbnb.roles import role_current

SILENT_SECONDS = 60


def main() -> None:
    _, role = role_current()
    if role.is_web:
        port = os.environ.get("BIND", "0.0.0.0:5000").rpartition(":")[2]
        urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=3)
        return
    silent = time.time() - Path(os.environ["HEARTBEAT_FILE"]).stat().st_mtime
    if silent > SILENT_SECONDS:
        sys.exit(f"no heartbeat for {silent:.0f} s")


if __name__ == "__main__":
    main()
