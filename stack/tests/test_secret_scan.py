"""What `make lint` says to a secret that somebody is about to commit."""

import subprocess

import pytest

from stack.commands.lint import SECRETS
from stack.common.paths import PYTHON, ROOT

pytestmark = pytest.mark.unit
# Put together here, so that this file holds none.
SAMPLES = {
    "a private key": ("-----BEGIN PRIVATE " + "KEY-----", 1),
    "a key of Stripe's": ("key = 'sk_live" + "_" + "4f" * 12 + "'", 1),
    "a key of AWS": ("AKIA" + "J7Q3X5T9WZ2B4C6D", 1),
    "a password in an address": ("mongodb://app:" + "hunter2hunter2" + "@mongodb:27017/", 1),
    "nothing": ("SECRET_KEY = env('SECRET_KEY')", 0),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_secret_is_seen(tmp_path, name):
    text, code = SAMPLES[name]
    file = tmp_path / "settings.py"
    file.write_text(f"{text}\n")
    command = [PYTHON.parent / "detect-secrets-hook", *SECRETS, file]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
