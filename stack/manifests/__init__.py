"""`make manifests`: every overlay is rendered, held against the schemas of Kubernetes and against
rules of our own. No cluster is needed."""

from collections.abc import Sequence

from stack.common.errors import StackError
from stack.common.progress import step
from stack.manifests import policies, rendering, schemas
from stack.manifests.objects import Objects
from stack.setup import kubectl


def manifests() -> int:
    with step("kubectl"):
        kubectl.find_kubectl()
    findings = [finding for name in rendering.NAMES for finding in check(name)]
    if findings:
        print("\n".join(["", *findings]))
        raise StackError(f"the manifests: {len(findings)} findings", fix="see kustomize/README.md")
    return 0


def check(name: str) -> Sequence[str]:
    with step(f"kustomize/{name}"):
        objects = rendering.render(name)
        found = [*schemas.findings(objects), *rules(name, objects)]
    for kind in sorted(schemas.skipped(objects)):
        print(f"    no schema, not validated: {kind}")
    return [f"{name}: {finding}" for finding in found]


def rules(name: str, objects: Objects) -> list[str]:
    """Ours are for what runs; what belongs to a cluster has no role in it."""
    if not name.startswith("overlays/"):
        return []
    return [finding for policy in policies.POLICIES for finding in policy(objects)]
