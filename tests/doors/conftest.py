import pytest

from tests.doors import shapes


@pytest.fixture(scope="package")
def files(tmp_path_factory):
    return shapes.make_files(tmp_path_factory.mktemp("doors"))


@pytest.fixture(scope="package")
def one_process(files, database):
    with shapes.one_process(files) as shape:
        yield shape


@pytest.fixture(scope="package")
def ways_in(files, one_process):
    """Each shape by its name."""
    port = one_process.port
    with (
        shapes.local_gateway(files, port) as local,
        shapes.compose_gateway(files, port) as compose,
        shapes.spa_image(files) as spa,
    ):
        yield {shape.name: shape for shape in (one_process, local, compose, spa)}
