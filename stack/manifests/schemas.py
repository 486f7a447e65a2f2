"""Strict validation: Kubernetes' own schemas for its kinds, ours (kustomize/schemas) for the rest.

The seed names Kubernetes 1.28, which is out of support: what we write must be valid there, on the
release that the cluster of the eks overlay runs, and on the newest that has schemas.
"""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

import kubernetes_validate
import yaml
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from kubernetes_validate.utils import latest_version
from referencing import Registry, Resource

from stack.manifests.objects import Object, Objects, title
from stack.manifests.rendering import SOURCE

OLDEST = "1.28"
CLUSTER = SOURCE / "overlays" / "eks" / "aws" / "cluster.yaml"
# Kinds that nobody validates, as `apiVersion kind`. Each is printed at every run.
SKIPPED: frozenset[str] = frozenset()
NO_SCHEMA = "write one into kustomize/schemas or list it in SKIPPED"
FOLDER = files(kubernetes_validate) / "kubernetes-json-schema"


def versions() -> list[str]:
    config = yaml.safe_load(CLUSTER.read_text())
    newest = latest_version().removesuffix(".0")
    found = {OLDEST, config["metadata"]["version"], newest}
    return sorted(found, key=lambda version: [int(part) for part in version.split(".")])


def findings(objects: Objects) -> list[str]:
    return [finding for each in objects for finding in problems(each)]


def skipped(objects: Objects) -> set[str]:
    return {kind_of(each) for each in objects} & SKIPPED


def problems(each: Object) -> list[str]:
    if kind_of(each) in SKIPPED:
        return []
    name = f"{kind_of(each).replace('/', '_').replace(' ', '_')}.json"
    if (SOURCE / "schemas" / name).exists():
        errors = own(name).iter_errors(each)
        return [f"{title(each)}: {error.json_path}: {error.message}" for error in errors]
    return [problem for version in versions() for problem in in_version(each, version)]


def kind_of(each: Object) -> str:
    return f"{each['apiVersion']} {each['kind']}"


def in_version(each: Object, version: str) -> list[str]:
    found = built_in(version, each["kind"], each["apiVersion"])
    if found is None:
        return [f"{title(each)}: Kubernetes {version} has no {kind_of(each)}; {NO_SCHEMA}"]
    return [
        f"{title(each)}: {error.json_path}: {error.message} (Kubernetes {version})"
        for error in found.iter_errors(each)
    ]


@cache
def built_in(version: str, kind: str, api: str) -> Validator | None:
    """As `kubernetes_validate.validate` does it, which reads all files again for every object."""
    group = re.sub(r"^([^./]*)(?:\.[^/]*)?/", r"\1-", api)
    path = FOLDER / f"v{version}.0-local-strict" / f"{kind.lower()}-{group}.json"
    if not path.is_file():
        return None
    schema = json.loads(path.read_text())
    made: Validator = Draft202012Validator(schema, registry=definitions(version))
    return made


@cache
def definitions(version: str) -> Registry[Any]:
    path = FOLDER / f"v{version}.0-local-strict" / "_definitions.json"
    return Resource.from_contents(json.loads(path.read_text())) @ Registry()


@cache
def own(name: str) -> Validator:
    schema: dict[str, Any] = json.loads((SOURCE / "schemas" / name).read_text())
    Draft202012Validator.check_schema(schema)
    made: Validator = Draft202012Validator(schema)
    return made
