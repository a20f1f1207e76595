"""Phone numbers as people write them, made one form. A number is taken when it could be one, in use or not."""

import unicodedata
from dataclasses import dataclass

import phonenumbers

LONGEST = 60
HOME = "GB"
# Set aside for drama by Ofcom, and so nobody's: telephone numbers for drama use, 07700 900000 to 900999.
_SAFE = range(7700900000, 7700901000)


@dataclass(frozen=True)
class Phone:
    """A number as +447700900123 (E.164), with the extension that was written behind it, or ''."""

    number: str
    extension: str = ""


class NotAPhone(ValueError):
    """No number that could be dialled. `why` is 'no_number', 'too_short', 'too_long' or 'several'."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read(typed: str) -> Phone:
    """The number that `typed` names; without a country code it is a British one. Raises NotAPhone.

    Source of what is possible: the numbering plans in the `phonenumbers` package.
    """
    if len(typed) > LONGEST:
        raise NotAPhone("too_long")
    plain = unicodedata.normalize("NFKC", typed).strip()
    try:
        found = phonenumbers.parse(plain, HOME)
    except phonenumbers.NumberParseException as error:
        raise NotAPhone(_why(error, plain)) from None
    match phonenumbers.is_possible_number_with_reason(found):
        case phonenumbers.ValidationResult.IS_POSSIBLE:
            number = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
            return Phone(number, found.extension or "")
        # Without its area code a number can be dialled next door only.
        case phonenumbers.ValidationResult.TOO_SHORT | phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            raise NotAPhone("too_short")
        case phonenumbers.ValidationResult.TOO_LONG:
            raise NotAPhone("too_long")
    raise NotAPhone("no_number")


def _why(error: phonenumbers.NumberParseException, typed: str) -> str:
    numbers = sum(1 for _ in phonenumbers.PhoneNumberMatcher(typed, HOME, leniency=phonenumbers.Leniency.POSSIBLE))
    if numbers > 1:
        return "several"
    long = error.error_type == phonenumbers.NumberParseException.TOO_LONG
    return "too_long" if long else "no_number"


def looks_right(number: str) -> bool:
    """Whether this number (E.164) is in use by the plans, or of the range that is safe for tests; else ask to check."""
    found = phonenumbers.parse(number, None)
    return phonenumbers.is_valid_number(found) or found.national_number in _SAFE


def said(number: str) -> str:
    """A number (E.164) as people here write it: 07700 900123, or with its country code when it is from elsewhere."""
    try:
        found = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    home = phonenumbers.region_code_for_country_code(found.country_code or 0) == HOME
    kind = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(found, kind)
