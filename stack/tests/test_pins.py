import re

import pytest

from stack.common.errors import StackError
from stack.images import pins

pytestmark = pytest.mark.unit
OLD, NEW = "sha256:" + "0" * 64, "sha256:" + "a" * 64


def test_every_image_of_others_is_found():
    names = {image.partition(":")[0] for image in pins.images()}
    assert names == {
        "apache/kafka",
        "docker.io/library/node",
        "docker.io/library/python",
        "docker.io/nginxinc/nginx-unprivileged",
        "mongo",
        "redis",
    }


def test_a_digest_follows_the_tag_and_is_renewed():
    text = (
        "ARG NODE_IMAGE=docker.io/library/node:22-slim\n  image: redis:7.4\n  image: staywell:1\n"
    )
    asked = []
    once = pins.pinned(text, lambda name: asked.append(name) or OLD)
    assert asked == ["docker.io/library/node:22-slim", "redis:7.4"]
    assert once == text.replace("22-slim", f"22-slim@{OLD}").replace("7.4", f"7.4@{OLD}")
    assert pins.pinned(once, lambda _name: NEW) == once.replace(OLD, NEW)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("redis:7.4", "docker.io/library/redis:7.4"),
        ("apache/kafka:4.4.0", "docker.io/apache/kafka:4.4.0"),
        ("docker.io/library/node:22-slim", "docker.io/library/node:22-slim"),
        ("registry.example/a/b:1", "registry.example/a/b:1"),
    ],
)
def test_a_short_name_is_read_as_docker_reads_it(short, full):
    assert pins.full_name(short) == full


def test_an_image_is_pinned_everywhere_or_nowhere():
    """And by one digest: compose file and manifests run the same image."""
    texts = "\n".join(path.read_text() for path in pins.files())
    for tagged in pins.images():
        found = re.findall(rf"{re.escape(tagged)}(@sha256:[0-9a-f]{{64}})?(?=\s|$)", texts)
        assert len(set(found)) == 1, tagged


def test_without_skopeo_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(StackError, match="skopeo is not installed"):
        pins.registry_digest("redis:7.4")
