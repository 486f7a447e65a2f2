from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from apps.notifications.rows import emails

BACKEND = "apps.notifications.clients.file_outbox.EmailBackend"


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = BACKEND, str(tmp_path / "emails")
    return tmp_path / "emails"


def test_each_event_is_one_file(folder, notify, send_due):
    ids = [notify(), notify()]
    assert send_due() == 2
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{i}.eml" for i in ids)
    emails.update_many({}, {"$set": {"status": "pending"}})
    assert send_due(10) == 2
    assert len(list(folder.iterdir())) == 2


def test_a_file_is_a_message(folder, notify, send_due, guest):
    email_id = notify()
    send_due()
    content = (folder / f"{email_id}.eml").read_bytes()
    message = message_from_bytes(content, policy=default)
    assert message["To"] == guest.user.email
    assert message.get_body(("plain",)).get_content().startswith("Hello Gia,")
    assert b"\r\n" in content


def test_a_folder_that_cannot_be_written_is_tried_again(folder, notify, send_due, email, tmp_path):
    folder.write_text("a file is in the way")
    email_id = notify()
    assert send_due() == 0
    assert email(email_id)["status"] == "pending"
    folder.unlink()
    assert send_due(1) == 1
