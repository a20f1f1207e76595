"""Ways in which a row says somebody can be reached: a telephone number, an e-mail address."""

from incoming.record import Wrong
from incoming.values import phone
from rules import emails


def ways(given: dict[str, str]) -> list[list[str]]:
    """Kinds of contact route and their values, from the fields phone and email. Raises Wrong for what is none."""
    found = []
    if words := given.get("phone"):
        number = phone(words)
        if number is None:
            raise Wrong("not_a_phone", "phone")
        found.append(["phone", number])
    if words := given.get("email"):
        address = emails.read(words)
        if address is None:
            raise Wrong("not_an_email", "email")
        found.append(["email", address])
    return found
