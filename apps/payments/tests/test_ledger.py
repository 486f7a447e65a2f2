"""Every entry sums to zero, and so do the accounts of a stay that was paid back."""

import pytest
from bson import ObjectId
from hypothesis import given
from hypothesis import strategies as st

from apps.payments.rows import ledger_entries
from apps.payments.services import ledger
from apps.payments.tests.payment_data import HOSTS, LINES, TOTAL, line

HOST = ObjectId("66f1c2a4b8e0d3f5a7c91e24")
HOSTS_ACCOUNT = f"host:{HOST}"


@pytest.mark.unit
def test_a_stay_belongs_to_its_host_the_state_and_us():
    allocation = ledger.allocation_of(LINES, host_id=HOST)
    assert allocation == {HOSTS_ACCOUNT: HOSTS, "fees": 3_072, "tax": 400}
    assert ledger.postings(allocation) == [
        {"account": "cash", "amount": TOTAL},
        {"account": HOSTS_ACCOUNT, "amount": -HOSTS},
        {"account": "fees", "amount": -3_072},
        {"account": "tax", "amount": -400},
    ]


@pytest.mark.unit
def test_nights_of_seasons_and_weekends_are_the_hosts():
    lines = [line("NIGHTS", 100), line("NIGHTS", 250), line("LENGTH_DISCOUNT", -35)]
    assert ledger.allocation_of(lines, host_id=HOST) == {HOSTS_ACCOUNT: 315}


@pytest.mark.unit
def test_postings_give_their_allocation_back():
    allocation = ledger.allocation_of(LINES, host_id=HOST)
    assert ledger.allocation_posted(ledger.postings(allocation)) == allocation
    assert ledger.difference({"a": 5}, {"a": 2, "b": 1}) == {"a": 3, "b": -1}


@pytest.mark.unit
def test_what_nobody_gets_has_no_posting():
    assert ledger.postings({"fees": 0, "tax": 7}) == [
        {"account": "cash", "amount": 7},
        {"account": "tax", "amount": -7},
    ]
    assert ledger.postings({"fees": 5, "tax": -5}) == [
        {"account": "fees", "amount": -5},
        {"account": "tax", "amount": 5},
    ]


@pytest.mark.unit
def test_the_remainder_goes_to_the_largest_fraction():
    # 100 of 301: 33.22 + 33.22 + 33.55.
    assert ledger.split({"a": 100, "b": 100, "c": 101}, [100, 201]) == [
        {"a": 33, "b": 33, "c": 34},
        {"a": 67, "b": 67, "c": 67},
    ]
    assert ledger.split({"a": -100, "b": -100, "c": -101}, [-100])[0] == {
        "a": -33,
        "b": -33,
        "c": -34,
    }


ALLOCATIONS = st.dictionaries(
    st.sampled_from(["fees", "tax", HOSTS_ACCOUNT, "host:other"]),
    st.integers(-(10**7), 10**7),
    min_size=1,
)


@pytest.mark.unit
@given(allocation=ALLOCATIONS, cuts=st.lists(st.integers(0, 1000), max_size=4))
def test_a_split_is_exact_to_the_minor_unit(allocation, cuts):
    whole = sum(allocation.values())
    amounts = []
    for cut in cuts:
        left = whole - sum(amounts)
        amounts.append(left * cut // 1000 if left >= 0 else -(-left * cut // 1000))
    amounts.append(whole - sum(amounts))
    parts = ledger.split(allocation, amounts)
    assert [sum(part.values()) for part in parts] == amounts
    for name, amount in allocation.items():
        assert sum(part.get(name, 0) for part in parts) == amount
    for part in parts:
        assert sum(posting["amount"] for posting in ledger.postings(part)) == 0


def test_an_entry_that_does_not_sum_to_zero_is_not_written(now):
    call = {"booking_id": ObjectId(), "currency": "SGD", "text": "Taken", "now": now}
    wrong = [{"account": "cash", "amount": 5}, {"account": "fees", "amount": -4}]
    with pytest.raises(ValueError, match="do not sum to zero"):
        ledger.entry_add(ObjectId(), made_of=wrong, **call)
    assert ledger_entries.count({}) == 0
