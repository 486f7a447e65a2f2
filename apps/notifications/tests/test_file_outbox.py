from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from apps.common import mongo

BACKEND = "apps.notifications.clients.file_outbox.EmailBackend"


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = BACKEND, str(tmp_path / "emails")
    return tmp_path / "emails"


def test_each_event_is_one_file(folder, tell, sweep):
    ids = [tell(), tell()]
    assert sweep() == 2
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{i}.eml" for i in ids)
    mongo.collection("emails").update_many({}, {"$set": {"status": "pending"}})
    assert sweep(10) == 2
    assert len(list(folder.iterdir())) == 2


def test_a_file_is_a_message(folder, tell, sweep, guest):
    email_id = tell()
    sweep()
    content = (folder / f"{email_id}.eml").read_bytes()
    message = message_from_bytes(content, policy=default)
    assert message["To"] == guest.user.email
    assert message.get_body(("plain",)).get_content().startswith("Hello Gia,")
    assert b"\r\n" in content


def test_a_folder_that_cannot_be_written_is_tried_again(folder, tell, sweep, email, tmp_path):
    folder.write_text("a file is in the way")
    email_id = tell()
    assert sweep() == 0
    assert email(email_id)["status"] == "pending"
    folder.unlink()
    assert sweep(1) == 1
