import datetime as dt
import secrets
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo


def since():
    return datetime.now().replace(tzinfo=timezone.utc)  # AUD705


def started(pushed):
    now = dt.datetime.now() - timedelta(hours=1)
    return pushed > now.replace(tzinfo=UTC)  # AUD705


def read(stamp):
    return datetime.fromtimestamp(stamp).replace(tzinfo=ZoneInfo("UTC"))  # AUD705


def zones(stamp, zone):
    return (
        datetime.utcnow().replace(tzinfo=timezone.utc),
        datetime.now(timezone.utc).replace(microsecond=0),
        datetime.now().replace(tzinfo=zone),
        datetime.now().replace(microsecond=0),
        datetime.now().astimezone().replace(tzinfo=timezone.utc),
        datetime.strptime(stamp, "%Y").replace(tzinfo=timezone.utc),
        stamp.replace(tzinfo=timezone.utc),
        stamp.replace("a", "b"),
    )


def consent(platform):
    return {"state": f"{platform}_{datetime.utcnow().timestamp()}", "kind": secrets.token_hex(4)}


def sent(platform):
    return {"sent": f"{datetime.utcnow().timestamp()}"}  # AUD705
