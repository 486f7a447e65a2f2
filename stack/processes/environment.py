"""The environment of an instance's processes, also kept in one file: `.local/<instance>/env`."""

import os
import shlex
from collections.abc import Mapping
from pathlib import Path

from stack import services
from stack.common.instances import Instance
from stack.common.paths import SPA_DIST
from stack.processes.keys import key_files


def instance_environment(
    instance: Instance, environ: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Without what differs from process to process: role, port, heartbeat file."""
    media = instance.data / "media"
    media.mkdir(parents=True, exist_ok=True)
    origin = f"http://127.0.0.1:{instance.ports.web}"
    return {
        "DJANGO_ENV": instance.django_env,
        **key_files(instance),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        **services.addresses(instance, environ),
        "MONGODB_DATABASE": instance.database,
        "KAFKA_PREFIX": instance.kafka_prefix,
        "CORS_ALLOWED_ORIGINS": f"{origin},http://localhost:{instance.ports.web}",
        "SITE_URL": origin,
        "EMAIL_FILE_PATH": str(instance.data / "emails"),
        "SPA_DIST": str(SPA_DIST),
        "MEDIA_ROOT": str(media),
        "MEDIA_URL": "/media/",
        "LOG_LEVEL": environ.get("LOG_LEVEL", "INFO"),
        "PYTHONUNBUFFERED": "1",
    }


def write_environment(instance: Instance, environment: Mapping[str, str]) -> Path:
    """For a shell: `set -a; . .local/up/env`."""
    path = instance.directory / "env"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{name}={shlex.quote(value)}\n" for name, value in environment.items()]
    path.write_text("".join(lines))
    return path
