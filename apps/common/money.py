"""Money is integer minor units inside and a JSON number with two decimals on the wire."""

from decimal import ROUND_HALF_UP, Decimal

# ISO 4217, without funds, metals and test codes.
_CODES = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD
CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD
KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO
NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE
SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV
WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES = frozenset(_CODES.split())
# Those whose amounts have other than two decimals.
_WITHOUT = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_DECIMALS = {**dict.fromkeys(_WITHOUT.split(), 0), **dict.fromkeys(_THREE.split(), 3)}
DECIMALS = 2


def decimals(currency: str) -> int:
    """By ISO 4217. What is stored has hundredths in every currency."""
    return _DECIMALS.get(currency, DECIMALS)


def smallest(currency: str) -> int:
    """The smallest amount that can be paid, in what is stored: 100 for a yen."""
    return int(10 ** max(DECIMALS - decimals(currency), 0))


def to_wire(minor: int) -> float:
    return minor / 100


def money_text(minor: int, currency: str) -> str:
    return f"{minor / 100:,.2f} {currency}"


def from_wire(amount: Decimal | float | str) -> int:
    cents = Decimal(str(amount)) * 100
    return int(cents.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def percent_of(minor: int, percent: int) -> int:
    """Rounded half up to a whole minor unit."""
    return (minor * percent + 50) // 100
