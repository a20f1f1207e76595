"""Names that may be one person's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.same_name import alike


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada Lovelace", "LOVELACE, Áda", True),
        ("Ngozi Okonkwo", "Ngozi Okonkwe", True),
        ("Ada", "Ade", False),
        ("Ada Lovelace", "Bo Lovelace", False),
        ("", "", False),
        ("…", "!", False),
        ("عائشة محمد", "عائشة محمد", True),
    ],
)
def test_names_alike(one, other, same):
    assert alike(one, other) is same


@given(st.text("aábcÉé -", max_size=20))
def test_a_name_is_alike_to_itself_in_capitals_and_in_another_order(name):
    turned = " ".join(reversed(name.upper().split()))
    assert alike(name, turned) == any(sign.isalpha() for sign in name)
