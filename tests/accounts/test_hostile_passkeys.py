"""What no device of ours sends: each is refused, and changes nothing."""

import pytest

from apps.accounts.passkeys import (
    Assertion,
    Attestation,
    asserted,
    attested,
    challenge_in,
    decoded,
    encoded,
)
from apps.accounts.rows import log_ins, passkeys
from apps.accounts.tests.authenticator import (
    CAN_SYNC,
    IS_SYNCED,
    PRESENT,
    USUAL,
    Authenticator,
    cbor,
    client_data,
)
from apps.audit.rows import security_events
from tests.accounts.test_passkeys import PAGE, add, begun_by, challenge, log_in, said

CHALLENGE = encoded(b"c" * 32)
BEGUN = {"user_handle": encoded(b"user"), "challenge": CHALLENGE}
EVIL = "https://evil.example"
# Nested beyond any stack; a text that says it has an exabyte; a map with a key twice; no CBOR.
BAD_CBOR = {
    "deep": b"\x81" * 4000,
    "huge": b"\x7b" + (2**60).to_bytes(8, "big"),
    "twice": bytes.fromhex("a2016131016132"),
    "endless": b"\x9f" * 400,
    "none": b"\xff",
    "a number": b"\x01",
    "empty": b"",
}


def made(device=None, **changed) -> Attestation:
    body = (device or Authenticator()).made(BEGUN, **changed)
    return Attestation(decoded(body["client_data"]), decoded(body["attestation"]))


def new(sent: Attestation):
    return attested(sent, challenge=decoded(CHALLENGE))


def signed(device: Authenticator, **changed) -> Assertion:
    return Assertion(*map(decoded, device.used(CHALLENGE, **changed).values()))


@pytest.mark.unit
def test_what_a_device_made_is_read():
    device = Authenticator(flags=USUAL | CAN_SYNC | IS_SYNCED, count=7)
    found = new(made(device))
    assert found is not None
    assert (found.credential_id, found.public_key) == (device.id, device.cose)
    assert (found.sign_count, found.can_sync, found.is_synced) == (7, True, True)
    assert attested(made(device), challenge=b"d" * 32) is None


@pytest.mark.unit
@pytest.mark.parametrize(
    "changed",
    [
        {"origin": EVIL},
        {"origin": "http://localhost"},
        {"type": "webauthn.get"},
        {"form": "nonsense"},
        {"form": ["none"]},
        {"statement": {"sig": b"x"}},
        {"form": "packed", "statement": {"alg": -7, "sig": b"x"}},
        {"form": "packed", "statement": {"alg": -7, "sig": b"x", "x5c": [b"x"]}},
        {"form": "tpm", "statement": {"ver": "2.0", "x5c": 7}},
        {"form": "fido-u2f", "statement": {"sig": b"x", "x5c": [b"x"]}},
        {"form": "android-safetynet", "statement": {"response": b"x", "ver": "1"}},
        {"cose": cbor({})},
        {"cose": cbor([1])},
        {"cose": cbor({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})},
        {"cose": cbor({1: 3, 3: -257, -1: b"\xff" * 2000, -2: b"\x01\x00\x01"})},
        {"cose": cbor({1: 1, 3: -8, -1: 6, -2: "text"})},
        {"cose": cbor({1: 2, 3: -47, -1: 8, -2: b"x", -3: b"y"})},
        *({"cose": bad} for bad in BAD_CBOR.values()),
    ],
)
def test_a_passkey_that_is_not_right_is_not_read(changed):
    assert new(made(**changed)) is None


@pytest.mark.unit
@pytest.mark.parametrize("bad", BAD_CBOR.values(), ids=list(BAD_CBOR))
def test_malformed_attestations_are_refused(bad):
    assert new(Attestation(client_data("webauthn.create", CHALLENGE), bad)) is None


@pytest.mark.unit
@pytest.mark.parametrize("flags", [0, PRESENT, USUAL | IS_SYNCED])
def test_a_device_that_did_not_ask_who_holds_it_is_refused(flags):
    assert new(made(Authenticator(flags=flags))) is None
    device = Authenticator()
    sent = signed(device, flags=flags)
    assert asserted(sent, challenge=decoded(CHALLENGE), public_key=device.cose) is None


@pytest.mark.unit
@pytest.mark.parametrize(
    ("data", "found"),
    [
        (client_data("x", CHALLENGE), b"c" * 32),
        (client_data("x", CHALLENGE, crossOrigin=True), None),
        (client_data("x", CHALLENGE, crossOrigin="yes"), None),
        (b"", None),
        (b"[]", None),
        (b"7", None),
        (b"{}", None),
        (b"\xff\xfe", None),
        (b"[" * 2000, None),
        (b'{"challenge": 7}', None),
    ],
)
def test_the_challenge_is_read_of_our_own_pages_alone(data, found):
    assert challenge_in(data) == found


WRONG = (
    {"origin": EVIL},
    {"domain": "evil.example"},
    {"type": "webauthn.create"},
    {"flags": PRESENT},
    {"flags": USUAL | CAN_SYNC},
    {"flags": USUAL | IS_SYNCED},
    {"crossOrigin": True},
)


def test_a_use_that_is_not_right_logs_nobody_in(guest):
    device = add(guest)
    for changed in WRONG:
        refused = log_in(device.used(challenge(), **changed))
        assert (changed, *said(refused)) == (changed, 401, "PASSKEY_WRONG")
    assert log_ins.count({}) == 0
    assert passkeys.find_one({})["used_at"] is None
    assert log_in(device.used(challenge())).status_code == 200


def test_what_was_not_signed_so_logs_nobody_in(guest, host):
    device, other = add(guest), add(host, Authenticator(count=3))
    for name in ("signature", "authenticator_data", "user_handle", "client_data"):
        body, foreign = device.used(challenge()), other.used(challenge())
        swapped = log_in({**body, name: foreign[name]})
        assert (name, *said(swapped)) == (name, 401, "PASSKEY_WRONG")
        cut = log_in({**device.used(challenge()), name: "AAAA"})
        assert (name, *said(cut)) == (name, 401, "PASSKEY_WRONG")
    assert log_ins.count({}) == 0


def test_a_foreign_passkey_proves_nothing(guest, host):
    mine, theirs = add(guest), add(host)
    proof = {"passkey": theirs.used(challenge())}
    (row,) = guest.get(PAGE).json()["results"]
    for reply in (
        guest.post(f"{PAGE}/begin", proof),
        guest.delete(f"{PAGE}/{row['id']}", {"passkey": theirs.used(challenge())}),
    ):
        assert (reply.status_code, list(reply.json()["error"]["fields"])) == (400, ["passkey"])
    assert (
        guest.delete(f"{PAGE}/{'f' * 24}", {"passkey": mine.used(challenge())}).status_code == 404
    )
    foreign = host.get(PAGE).json()["results"][0]["id"]
    assert guest.put(f"{PAGE}/{foreign}", {"name": "x"}).status_code == 404
    own = {"passkey": mine.used(challenge())}
    assert guest.delete(f"{PAGE}/{foreign}", own).status_code == 404
    assert passkeys.count({}) == 2


def test_a_challenge_is_for_one_use_and_one_person(guest, host):
    device = add(guest)
    for_host = begun_by(host)["challenge"]
    assert said(log_in(device.used(for_host))) == (401, "CHALLENGE_OVER")
    begun = {**begun_by(guest), "challenge": for_host}
    stolen = guest.post(PAGE, {"name": "x", **Authenticator().made(begun)})
    assert said(stolen) == (400, "CHALLENGE_OVER")
    begun["challenge"] = challenge()
    stolen = guest.post(PAGE, {"name": "x", **Authenticator().made(begun)})
    assert said(stolen) == (400, "CHALLENGE_OVER")
    own = device.used(encoded(b"x" * 32))
    assert said(log_in(own)) == (401, "CHALLENGE_OVER")


def test_the_same_passkey_is_added_once(guest, host):
    device = add(guest)
    again = host.post(PAGE, {"name": "x", **device.made(begun_by(host))})
    assert said(again) == (409, "PASSKEY_KNOWN")
    assert passkeys.count({}) == 1


def test_a_copy_that_counts_behind_is_refused_and_noted(guest):
    device = add(guest, Authenticator(count=5))
    assert log_in(device.used(challenge())).status_code == 200
    device.count = 3
    assert said(log_in(device.used(challenge()))) == (401, "PASSKEY_COPIED")
    device.count = 0
    assert said(log_in(device.used(challenge()))) == (401, "PASSKEY_COPIED")
    assert passkeys.find_one({})["sign_count"] == 6
    copied = list(security_events.find({"kind": "passkey_copied"}))
    assert [event["user_id"] for event in copied] == [guest.id] * 2
    # Whoever only knows the id of a passkey is no reason for an alarm.
    device.count = 1
    forged = {**device.used(challenge()), "signature": "AAAA"}
    assert said(log_in(forged)) == (401, "PASSKEY_WRONG")
    assert security_events.count({"kind": "passkey_copied"}) == 2
    device.count = 6
    assert log_in(device.used(challenge())).status_code == 200


BAD_TEXTS = ("A", "AAAAA", "AB", "AA==", "AA+/", "A A", "", "A" * 100_000, 7, None, {"$gt": ""})


def test_what_is_no_base64url_is_refused_by_name(guest):
    for text in BAD_TEXTS:
        body = {**Authenticator().used(CHALLENGE), "user_handle": "AAAA", "signature": text}
        reply = log_in(body)
        named = list(reply.json()["error"]["fields"])
        assert (text, reply.status_code, named) == (text, 400, ["signature"])
    assert guest.post(f"{PAGE}/begin", {"passkey": body}).status_code == 400
