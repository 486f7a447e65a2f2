import pytest

from stack.setup import kubectl as binary


@pytest.fixture
def go(tmp_path, monkeypatch):
    """A `go` on the PATH that tells the version given."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(binary, "wheel", lambda: tmp_path / "of-the-wheel")
    program = tmp_path / "go"

    def tells(version):
        program.write_text(f"#!/bin/sh\necho '{version}'\n")
        program.chmod(0o755)
        return program

    return tells


@pytest.mark.parametrize("version", ["go1.24", "go1.24.0", "go1.26.8", "go2.0"])
def test_the_machines_go_is_used_where_it_is_new_enough(go, version):
    program = go(version)
    assert binary.find_go() == program


@pytest.mark.parametrize("version", ["go1.19.8", "go1.23.12", ""])
def test_an_old_go_gives_way_to_the_wheel(go, version):
    go(version)
    assert binary.find_go().name == "of-the-wheel"


def test_without_go_there_is_the_wheel(go):
    assert binary.find_go().name == "of-the-wheel"


def test_a_build_is_kept_until_the_version_changes(tmp_path, monkeypatch):
    built = []
    monkeypatch.setattr(binary, "FOLDER", tmp_path)
    monkeypatch.setattr(binary, "find_go", lambda: tmp_path / "go")
    monkeypatch.setattr(
        binary, "build", lambda go: built.append(go) or (tmp_path / "kustomize").touch()
    )
    assert binary.find_kustomize() == binary.find_kustomize() == tmp_path / "kustomize"
    assert len(built) == 1
    monkeypatch.setattr(binary, "MODULE", "another")
    binary.find_kustomize()
    assert len(built) == 2
