from configparser import RawConfigParser

import pytest

from stack.common.errors import StackError
from stack.processes.programs import APPLICATION, GATEWAY, SERVICE, Program, pairs, section

pytestmark = pytest.mark.unit


def parsed(program: Program):
    reader = RawConfigParser()
    reader.read_string(section(program, "/a folder", "/logs"))
    return reader[f"program:{program.name}"]


def test_what_dies_is_restarted_without_end():
    settings = parsed(Program("relay", ["sleep", "1"], APPLICATION))
    assert settings["autorestart"] == "true"
    assert int(settings["startretries"]) >= 1_000_000
    assert settings["killasgroup"] == "true"


def test_words_with_spaces_and_percent_signs_survive():
    settings = parsed(Program("relay", ["/a folder/python", "50%"], APPLICATION))
    assert settings["command"] == "'/a folder/python' 50%%"


def test_services_stop_last_and_the_gateway_first():
    assert SERVICE < APPLICATION < GATEWAY


def test_environment_is_quoted():
    assert pairs({"A": "x,y", "B": "5%"}) == 'A="x,y",B="5%%"'


@pytest.mark.parametrize("value", ['a"b', "a\nb", "a ;b", "a #b"])
def test_values_that_supervisord_would_mangle_are_refused(value):
    with pytest.raises(StackError, match="SECRET"):
        pairs({"SECRET": value})
