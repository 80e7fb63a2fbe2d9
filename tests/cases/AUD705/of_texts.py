from datetime import datetime, timezone


def age(text: str):
    made = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return datetime.utcnow() - made  # AUD705


def is_over(text: str):
    return datetime.fromisoformat(text.replace("Z", "+00:00")) < datetime.now()  # AUD705


def without_zone(text: str):
    made = datetime.fromisoformat(text.replace("Z", "+00:00")).replace(tzinfo=None)
    return datetime.utcnow() - made


def in_same_zone(text: str):
    made = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return datetime.now(timezone.utc) - made


def cut_off_where_there(text: str):
    made = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if made.tzinfo is not None:
        made = made.replace(tzinfo=None)
    return datetime.now() - made


def of_its_zone(text: str):
    made = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return datetime.now(made.tzinfo) - made


def of_any_text(text: str):
    return datetime.now() - datetime.fromisoformat(text)


def cut(text: str):
    return datetime.utcnow() - datetime.fromisoformat(text.replace("Z", ""))
