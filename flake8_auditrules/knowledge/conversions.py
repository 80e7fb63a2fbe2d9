"""Conversions: what makes a value of a text, and which exception it raises for a text that is none."""

from __future__ import annotations

from flake8_auditrules.records import NamedTuple


class Conversion(NamedTuple):
    """
    How one function reads a text.

    `fault` is the last name of the exception that it raises for a wrong one, `wrong` what such a text is called,
    `declared` the type that FastAPI makes of a text itself when it is declared so ("" where there is none).
    """

    fault: str
    wrong: str
    declared: str


_NUMBER = "no number"

# By the qualified name; the text is the first argument. From the documentation of the standard library; bson:
# "Raises TypeError ... or InvalidId if oid is not a valid ObjectId" (bson/objectid.py).
CONVERSIONS: dict[str, Conversion] = {
    "builtins.int": Conversion("ValueError", _NUMBER, "int"),
    "builtins.float": Conversion("ValueError", _NUMBER, "float"),
    "decimal.Decimal": Conversion("InvalidOperation", _NUMBER, "Decimal"),
    "uuid.UUID": Conversion("ValueError", "no UUID", "UUID"),
    "datetime.date.fromisoformat": Conversion("ValueError", "no date", "date"),
    "datetime.time.fromisoformat": Conversion("ValueError", "no time", "time"),
    "datetime.datetime.fromisoformat": Conversion("ValueError", "no time", "datetime"),
    "datetime.datetime.strptime": Conversion("ValueError", "no time", "datetime"),
    "ipaddress.ip_address": Conversion("ValueError", "no address", "IPvAnyAddress"),
    "ipaddress.ip_network": Conversion("ValueError", "no network", "IPvAnyNetwork"),
    "base64.b64decode": Conversion("binascii.Error", "no base64", ""),
    "base64.urlsafe_b64decode": Conversion("binascii.Error", "no base64", ""),
    "bson.ObjectId": Conversion("InvalidId", "no ObjectId", ""),
    "bson.objectid.ObjectId": Conversion("InvalidId", "no ObjectId", ""),
}
