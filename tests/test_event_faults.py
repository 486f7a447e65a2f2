"""The event backbone loses nothing, repeats nothing and keeps each booking's order while its
processes, its database and its brokers are killed and stopped. `make faults` does it for longer."""

from faults.__main__ import BACKBONE
from faults.backbone import brokers, chaos, latency, parts, poison, relays, zombie

SEED = 20261128


def test_kills_and_stops_lose_and_repeat_nothing(tmp_path):
    verdict = chaos.run(tmp_path, injections=8, seed=SEED)
    assert verdict.problems == []
    assert verdict.holds
    assert verdict.said[0].startswith("8 injections")


def test_brokers_end_in_turn_and_all_at_once(tmp_path):
    verdict = brokers.run(tmp_path, rounds=1, dark_seconds=10, seed=SEED)
    assert verdict.problems == []
    assert verdict.holds


def test_a_zombie_applies_nothing_twice(tmp_path):
    assert zombie.run(tmp_path).problems == []


def test_a_zombie_without_the_inbox_does(tmp_path):
    twin = zombie.run(tmp_path, without=("inbox",))
    assert twin.findings[parts.DOUBLES]
    assert twin.findings["events without an effect"] == []


def test_poison_waits_for_a_person_who_puts_the_order_right(tmp_path):
    verdict = poison.run(tmp_path)
    assert verdict.problems == []
    assert verdict.holds
    assert verdict.said[0].startswith("5 kinds of poison")


def test_two_relays_keep_the_order_and_hand_on_the_lease(tmp_path):
    verdict = relays.run(tmp_path, seconds=40, seed=SEED)
    assert verdict.problems == []
    assert verdict.holds


def test_without_the_lease_both_publish_and_the_inbox_holds(tmp_path):
    verdict = relays.run(tmp_path, seconds=10, seed=SEED, without=("lease",))
    assert verdict.problems == []


def test_items_come_soon_after_the_booking(tmp_path, capsys):
    """At a rate that a busy machine reaches; `make faults ARGS=latency` asks for 50 a second."""
    verdict = latency.run(tmp_path, seconds=8, rate=8, seed=SEED)
    with capsys.disabled():
        print("\n" + "\n".join(verdict.lines()))
    assert verdict.problems == []
    assert verdict.holds


def test_every_part_is_on_the_command_line():
    assert tuple(parts.PARTS) == BACKBONE
