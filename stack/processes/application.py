"""The processes of our own code, as `airbnb/roles.py` lists them, in either of the two shapes."""

from collections.abc import Mapping
from pathlib import Path

from airbnb.roles import ROLES
from stack.common.instances import Instance
from stack.common.paths import PYTHON, ROOT
from stack.processes.programs import APPLICATION, Program

ALL = "all"
WORKERS = [name for name, role in ROLES.items() if not role.is_web]
SPLIT_ROLES = [name for name, role in ROLES.items() if role.is_web and name != ALL]
ENTRYPOINT = ROOT / "docker" / "entrypoint.py"


def web_ports(instance: Instance, *, split: bool) -> dict[str, int]:
    """The web processes of a shape and the port of each."""
    if not split:
        return {ALL: instance.ports.web}
    return {name: instance.ports.split + place for place, name in enumerate(SPLIT_ROLES)}


def metrics_ports(instance: Instance) -> dict[str, int]:
    """Where each worker serves its metrics: after the ports of the web roles."""
    first = instance.ports.split + len(SPLIT_ROLES)
    return {name: first + place for place, name in enumerate(WORKERS)}


def heartbeat(instance: Instance, role: str) -> Path:
    return instance.run / f"heartbeat-{role}"


def known_to(role: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Without the private key of the tokens, unless the role signs them."""
    withheld = set() if ROLES[role].signs else {"JWT_SECRET_KEY_FILE"}
    return {name: value for name, value in environment.items() if name not in withheld}


def programs(instance: Instance, environment: Mapping[str, str], *, split: bool) -> list[Program]:
    web = {
        name: {"BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "1" if split else "2"}
        for name, port in web_ports(instance, split=split).items()
    }
    if split:
        web = {name: {**own, "TRUSTED_PROXIES": "1"} for name, own in web.items()}
    workers = {
        name: {
            "HEARTBEAT_FILE": str(heartbeat(instance, name)),
            "METRICS_BIND": f"127.0.0.1:{port}",
            "KAFKA_INSTANCE_ID": name,
        }
        for name, port in metrics_ports(instance).items()
    }
    if "beat" in workers:
        workers["beat"]["BEAT_SCHEDULE_FILE"] = str(instance.data / "celerybeat-schedule")
    return [
        Program(
            name=role,
            command=[str(PYTHON), str(ENTRYPOINT)],
            stage=APPLICATION,
            environment={
                **known_to(role, environment),
                "SERVICE_ROLE": role,
                "PROMETHEUS_MULTIPROC_DIR": str(instance.run / f"metrics-{role}"),
                **own,
            },
        )
        for role, own in {**web, **workers}.items()
    ]
