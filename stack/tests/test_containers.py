"""`make image` runs each role with these variables, in production's environment."""

import subprocess
import sys

import pytest
from environ import FileAwareEnv

from airbnb.roles import ROLES
from stack.common.paths import ROOT
from stack.images.containers import environment_of


@pytest.mark.parametrize("role", ROLES)
def test_the_settings_lack_nothing_in_a_container(role):
    own = FileAwareEnv()
    words = [
        word if "=" in word else f"{word}={own(word, default='')}" for word in environment_of(role)
    ]
    variables = dict(word.split("=", 1) for word in [*words, "DJANGO_ENV=production"])
    done = subprocess.run(
        [sys.executable, "-c", "import airbnb.settings"],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-600:]
