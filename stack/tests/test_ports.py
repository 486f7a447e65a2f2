import os
import socket

import pytest

from stack.common.errors import StackError
from stack.common.ports import is_open, require_free
from stack.services.clusters import free_ports

pytestmark = pytest.mark.unit


def test_a_busy_port_is_an_error_that_names_the_port_and_its_holder():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert is_open(port)
        with pytest.raises(StackError, match=f"port {port} is taken by .*pid {os.getpid()} "):
            require_free([port])


def test_free_ports_pass():
    ports = free_ports(3)
    assert len(set(ports)) == 3
    require_free(ports)
