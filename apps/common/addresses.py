"""E-mail addresses: what is accepted, when two are one mailbox, and how one is written to a server.

An address is stored as it was typed. Two are compared by their keys: the part before the @ without
regard to case, and the domain as DNS has it (IDNA by UTS 46, non-transitional: a domain with a
sharp s is a domain of its own).
"""

import idna
from confusable_homoglyphs import categories, confusables
from email_validator import EmailNotValidError, validate_email

LONGEST = 254
# UTS 39, "highly restrictive": what people of these languages write together.
WRITTEN_TOGETHER = (
    frozenset({"LATIN", "HAN", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "HAN", "HANGUL"}),
    frozenset({"LATIN", "HAN", "BOPOMOFO"}),
)
SHARED_BY_ALL = {"COMMON", "INHERITED"}
MIXED = (
    'The part after the @ mixes letters of several scripts ("{label}"), as look-alikes of other '
    "domains do. Type the domain in one script."
)
IMITATES = (
    'The part after the @ ("{label}") has only letters that look like Latin ones. '
    "Type the domain in Latin letters if that is what it is."
)


class AddressError(ValueError):
    """Its text says what is wrong and what to do."""


def address_checked(text: str) -> str:
    """Returns the address as typed, without spaces around it. Raises `AddressError`."""
    typed = text.strip()
    try:
        known = validate_email(typed, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError as error:
        sentence = str(error).rstrip(".")
        raise AddressError(f"{sentence}. Use an address such as ann@example.com.") from error
    *labels, top = known.domain.split(".")
    for label in (*labels, top):
        _check_scripts(label, top)
    return typed


def _check_scripts(label: str, top: str) -> None:
    scripts = categories.unique_aliases(label) - SHARED_BY_ALL
    if len(scripts) > 1 and not any(scripts <= together for together in WRITTEN_TOGETHER):
        raise AddressError(MIXED.format(label=label))
    if not label.isascii() and top.isascii() and "LATIN" not in scripts and _imitates_latin(label):
        raise AddressError(IMITATES.format(label=label))


def _imitates_latin(label: str) -> bool:
    return all(_looks_ascii(character) for character in label if character.isalpha())


def _looks_ascii(letter: str) -> bool:
    found = confusables.is_confusable(letter, preferred_aliases=["latin"]) or []
    glyphs = (glyph["c"] for entry in found for glyph in entry["homoglyphs"])
    return any(glyph.isascii() for glyph in glyphs)


def address_key(text: str) -> str:
    """Returns what is equal for two spellings of one mailbox. Any text has a key."""
    local, at, domain = text.strip().rpartition("@")
    return f"{local.lower()}{at}{_domain_key(domain)}"


def address_mailed(address: str) -> str:
    """Returns the address with its domain as a mail server needs it, in ASCII. Django's own
    conversion (IDNA of 2003) would make another domain of one with a sharp s."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{_domain_key(domain)}"


def _domain_key(domain: str) -> str:
    try:
        return idna.encode(domain, uts46=True, transitional=False).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return domain.lower()
