"""Our own rules. Each reads the objects of one overlay and says what is wrong, in words."""

from collections.abc import Callable, Sequence

from stack.manifests import rules_network, rules_paths, rules_pods, rules_roles
from stack.manifests.objects import Objects

POLICIES: Sequence[Callable[[Objects], list[str]]] = (
    rules_roles.deployments,
    rules_roles.services,
    rules_roles.rollouts,
    rules_roles.scaling,
    rules_roles.disruptions,
    rules_paths.routes,
    rules_paths.inside_only,
    rules_paths.backends,
    rules_pods.resources,
    rules_pods.probes,
    rules_pods.security,
    rules_pods.keys,
    rules_pods.references,
    rules_pods.images,
    rules_pods.variables,
    rules_network.edges,
    rules_network.closed,
    rules_network.rights,
)
