"""The gateway of the split shape: Debian's nginx with a configuration of ours."""

import os
import shutil
from collections.abc import Mapping

from airbnb.roles import ROLES
from stack.common.errors import StackError
from stack.common.instances import Instance
from stack.common.paths import ROOT, SPA_DIST
from stack.processes import gateway_pages
from stack.processes.application import SPLIT_ROLES, web_ports
from stack.processes.programs import GATEWAY, Program

TEMPLATE = ROOT / "docker" / "nginx" / "gateway.conf.template"
PATHS = {
    "admin": ("/admin/", "/static/"),
    "docs": ("/api/schema", "/api/docs"),
    "keys": ("/.well-known/jwks.json",),
    # All that is no file and nobody else's: the template has it.
    "pages": (),
}
STREAMS = {"notifications"}
UPSTREAM = """\
    upstream {name} {{
        server {server};
        keepalive 16;
    }}
"""
LOCATION = """\
        location {path} {{
            include {proxy};
            proxy_pass http://{name};
{extra}        }}
"""
STREAM = """\
            proxy_buffering off;
            proxy_read_timeout 1h;
            gzip off;
"""


def program(instance: Instance) -> Program:
    binary = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if not binary:
        raise StackError("nginx is not installed", fix="apt-get install nginx-light")
    prefix = instance.run / "nginx"
    prefix.mkdir(parents=True, exist_ok=True)
    for name, text in configuration(instance).items():
        (prefix / name).write_text(text)
    command = [binary, "-p", f"{prefix}/", "-c", "gateway.conf", "-e", "stderr"]
    return Program("gateway", command, GATEWAY, stop_signal="QUIT")


def configuration(instance: Instance) -> dict[str, str]:
    """The generated files by name."""
    ports = web_ports(instance, split=True)
    text = gateway_conf(
        {name: f"127.0.0.1:{port}" for name, port in ports.items()},
        USER="user root;" if os.geteuid() == 0 else "",
        WRITABLE="",
        LISTEN=f"127.0.0.1:{instance.ports.web}",
        SPA_DIST=str(SPA_DIST),
        MEDIA_ROOT=str(instance.data / "media"),
    )
    proxy = TEMPLATE.with_name("proxy.conf").read_text()
    return {"gateway.conf": text, "proxy.conf": proxy, **gateway_pages.files()}


def compose_conf() -> str:
    """The gateway of docker/compose.yaml: in the SPA's image, before one container per role."""
    return gateway_conf(
        {name: f"{name}:5000" for name in SPLIT_ROLES},
        USER="",
        WRITABLE="/tmp/",  # noqa: S108
        LISTEN="8080",
        SPA_DIST="/usr/share/nginx/html",
        MEDIA_ROOT="/media",
    )


def committed() -> dict[str, str]:
    """The files of docker/nginx/ that are made here, by name."""
    return {"compose.conf": compose_conf(), **gateway_pages.files()}


def gateway_conf(upstreams: Mapping[str, str], **values: str) -> str:
    servers = "".join(UPSTREAM.format(name=n, server=s) for n, s in upstreams.items())
    locations = "".join(location(path, name) for path, name in routes().items())
    filling = {**values, "UPSTREAMS": servers, "LOCATIONS": locations}
    return filled(TEMPLATE.read_text(), filling)


def routes() -> dict[str, str]:
    """Path prefix -> role, out of the same table that the URLs of the roles are made of."""
    found = {}
    for name, role in ROLES.items():
        for route in role.routes if name != "all" else ():
            for path in PATHS.get(route, (f"/api/{route}",)):
                found[path] = name
    return found


def location(path: str, name: str) -> str:
    extra = STREAM if path.rsplit("/", 1)[-1] in STREAMS else ""
    return LOCATION.format(path=path, name=name, proxy="proxy.conf", extra=extra)


def filled(template: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        template = template.replace(f"@{name}@", value)
    return template


if __name__ == "__main__":
    for name, text in committed().items():
        TEMPLATE.with_name(name).write_text(text)
