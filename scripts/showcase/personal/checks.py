"""Checksums and formats of the numbers that belong to people and to organisations."""

from __future__ import annotations

from datetime import date

_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_PROVINCES = frozenset(
    # GB/T 2260, first two digits; 81–83 are residence permits of Hong Kong, Macao and Taiwan
    # residents.
    {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
     50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83}
)  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1880, 2099


def is_identity_number(text: str) -> bool:
    """Tell whether 18 characters are a resident identity number (GB 11643-1999).

    Region, date of birth, sequence and the check character of ISO/IEC 7064 MOD 11-2.
    """
    # Foreigners' permanent residence cards (since 2023) put a 9 before the province.
    region = text[1:3] if text[0] == "9" else text[:2]
    if int(region) not in _PROVINCES or not is_date(text[6:14]):
        return False
    if not _FIRST_YEAR <= int(text[6:10]) <= _LAST_YEAR:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _IDENTITY_WEIGHTS, strict=False))
    return text[17] == _IDENTITY_CHECKS[total % 11]


def is_old_identity_number(text: str) -> bool:
    """Tell whether 15 digits may be an identity number of before 1999 (GB 11643-1989).

    It has no checksum: only region and date of birth can be looked at.
    """
    return int(text[:2]) in _PROVINCES and is_date(f"19{text[6:12]}")


def is_date(text: str) -> bool:
    """Tell whether eight digits are a day of the calendar."""
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return True


def passes_luhn(digits: str) -> bool:
    """Tell whether digits carry the check digit of ISO/IEC 7812-1, annex B (“Luhn”)."""
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    total = sum(map(int, digits[-1::-2])) + sum(value // 10 + value % 10 for value in doubled)
    return total % 10 == 0


def is_card_number(digits: str) -> bool:
    """Tell whether 16 to 19 digits are a payment card's number.

    Issuers (ISO/IEC 7812, as banks in China use them): 62 UnionPay; 9558, 9559 older debit cards;
    of 16 digits 4 Visa, 51–55 and 2221–2720 Mastercard, 35 JCB, 60 and 65 Discover and others;
    of 19 digits 4 too, older debit cards with a Visa prefix.
    """
    if not passes_luhn(digits):
        return False
    if digits.startswith(("62", "9558", "9559")):
        return True
    if len(digits) == 19:
        return digits[0] == "4"
    return len(digits) == 16 and (
        digits.startswith(("4", "51", "52", "53", "54", "55", "35", "60", "65"))
        or "2221" <= digits[:4] <= "2720"
    )


def is_credit_code(text: str) -> bool:
    """Tell whether 18 characters are an organisation's credit code (GB 32100-2015)."""
    if len(text) != 18 or not set(text) <= set(_CREDIT_ALPHABET):
        return False
    total = sum(
        _CREDIT_ALPHABET.index(char) * weight
        for char, weight in zip(text, _CREDIT_WEIGHTS, strict=False)
    )
    return _CREDIT_ALPHABET.index(text[17]) == -total % 31
