"""docker/replica_set.py on three real members with a key file, as the Job in Kubernetes runs it."""

import os
import subprocess
import sys
from dataclasses import dataclass

import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from stack.common.paths import ROOT
from stack.services import mongo
from stack.services.clusters import Cluster, free_ports
from stack.services.mongo import MongoNode
from stack.setup.mongod import find_mongod

pytestmark = pytest.mark.slow

KEY = "0123456789abcdef" * 8


@dataclass(frozen=True)
class KeyedNode(MongoNode):
    def command(self):
        """Without the exception for localhost: the Job comes from another pod."""
        bypass = ("--setParameter", "enableLocalhostAuthBypass=false")
        return [*super().command(), "--keyFile", str(self.data.parent / "keyfile"), *bypass]


class KeyedCluster(Cluster):
    def wait_ready(self):
        for port in self.ports:
            mongo.wait_for(port)


@pytest.fixture
def members(tmp_path):
    keyfile = tmp_path / "keyfile"
    keyfile.write_text(f"{KEY}\n")
    keyfile.chmod(0o400)
    mongod = find_mongod()
    nodes = [KeyedNode(mongod, tmp_path / f"mongo-{p}", p, 0.25) for p in free_ports(3)]
    with KeyedCluster(nodes, tmp_path) as cluster:
        yield cluster


@pytest.fixture
def environment(members, tmp_path):
    return {
        "PATH": os.environ["PATH"],
        "MONGODB_URI": f"{mongo.uri(members.ports)}&authSource=admin",
        "MONGODB_KEYFILE": str(tmp_path / "keyfile"),
        "MONGODB_DATABASE": "airbnb",
        "MONGODB_USERNAME": "airbnb",
        "MONGODB_PASSWORD": "first",
        "MONGODB_ROOT_PASSWORD": "root",
    }


def run(environment, *command):
    command = command or ("docker/replica_set.py",)
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def log_in(environment, password, user="airbnb"):
    return MongoClient(environment["MONGODB_URI"], username=user, password=password)


def test_three_members_become_one_set_and_a_password_can_be_rotated(members, environment):
    with pytest.raises(OperationFailure, match="requires authentication"):
        direct_status(members)
    first = run(environment)
    assert first.returncode == 0, first.stderr

    refused = pytest.raises(OperationFailure, match="requires authentication")
    with MongoClient(environment["MONGODB_URI"]) as nobody, refused:
        nobody.airbnb.bookings.find_one()
    with log_in(environment, "first") as client:
        client.airbnb.bookings.insert_one({"_id": 1})
        with pytest.raises(OperationFailure, match="not authorized"):
            client.other.bookings.insert_one({"_id": 1})
    with log_in(environment, "root", user="root") as root:
        names = [member["name"] for member in root.admin.command("replSetGetStatus")["members"]]
        assert names == [f"127.0.0.1:{port}" for port in members.ports]

    again = run({**environment, "MONGODB_PASSWORD": "second"})
    assert again.stdout == "user root: as declared\nuser airbnb: as declared\n", again.stderr
    with log_in(environment, "second") as client:
        assert client.airbnb.bookings.find_one() == {"_id": 1}
    with log_in(environment, "first") as client, pytest.raises(OperationFailure, match="failed"):
        client.airbnb.bookings.find_one()


def test_the_applications_user_may_do_what_the_set_up_does(members, environment):
    assert run(environment).returncode == 0
    environ = {**os.environ, **environment, "DJANGO_ENV": "development"}
    migrated = run(environ, "manage.py", "migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stderr
    indexed = run(environ, "manage.py", "ensure_indexes")
    assert indexed.returncode == 0, indexed.stderr
    assert "night_claims" in indexed.stdout


def direct_status(members):
    with mongo.direct_client(members.ports[0]) as client:
        client.admin.command("replSetGetStatus")
