"""Codes of certificates: ours and no other, however they are typed, and silent about whose they are."""

from hypothesis import assume, given
from hypothesis import strategies as st

from rules import codes
from rules.certificates import ALPHABET, Facts, found_in, is_ours, issue, meeting_of, names

SECRET = bytes(range(32))
FACTS = st.builds(Facts, st.integers(1, 2**24 - 1), st.just("2027-03-04T19:30"), st.integers(5, 1440))
NAMES = st.text(min_size=1, max_size=80)


@given(FACTS, NAMES)
def test_a_code_is_ours_and_says_its_meeting(facts, name):
    code, rest = found_in(issue(SECRET, facts, name))
    assert (len(code), rest) == (24, "")
    assert meeting_of(SECRET, code) == facts.meeting_id
    assert is_ours(SECRET, code, facts)
    assert names(SECRET, code, facts.meeting_id, name)


@given(FACTS, NAMES, st.integers(0, 23), st.sampled_from(ALPHABET))
def test_one_other_sign_makes_it_nobodys(facts, name, place, sign):
    code, _ = found_in(issue(SECRET, facts, name))
    other = code[:place] + sign + code[place + 1 :]
    assume(other != code)
    about = Facts(meeting_of(SECRET, other), facts.local_start, facts.minutes)
    assert not is_ours(SECRET, other, about)


@given(FACTS, NAMES)
def test_without_the_secret_nobody_makes_one(facts, name):
    code, _ = found_in(issue(b"another secret", facts, name))
    assert not is_ours(SECRET, code, facts)


@given(FACTS, NAMES, NAMES)
def test_the_name_belongs_to_the_code(facts, name, other):
    folded = [" ".join(one.casefold().split()) for one in (name, other)]
    assume(folded[0] != folded[1])
    code, _ = found_in(issue(SECRET, facts, name))
    assert names(SECRET, code, facts.meeting_id, f"  {name.upper().casefold()} ") or name.upper() != name
    assert not names(SECRET, code, facts.meeting_id, f"{other} x")


@given(FACTS, NAMES)
def test_a_code_never_looks_like_one_of_unlinked_feedback(facts, name):
    code = issue(SECRET, facts, name)
    for typed in (code, code.replace("-", ""), code.replace("-", " "), f"/verify {code} Ada"):
        assert codes.carried(typed) is None
    assert codes.read(code) is None


def test_a_code_is_read_however_it_is_typed():
    code = issue(SECRET, Facts(7, "2027-03-04T19:30", 90), "Ada")
    plain = code.replace("-", "")
    for typed in (code, plain, code.lower(), code.replace("-", " "), f" {plain[:12]} - {plain[12:]} "):
        assert found_in(typed) == (plain, "")
    assert found_in(f"{code} Ada  Lovelace") == (plain, "Ada Lovelace")
    assert found_in(f"{code}A") == found_in("hello") == found_in("") == ("", "")


def test_letters_that_look_like_digits_count_as_these():
    plain = found_in(issue(SECRET, Facts(7, "2027-03-04T19:30", 90), "Ada"))[0]
    assert found_in(plain.replace("0", "O").replace("1", "l"))[0] == plain
