import secrets
from datetime import datetime


def report():
    return {"report_id": f"report_{int(datetime.utcnow().timestamp())}", "kind": "summary"}


def make_session(user, sessions):
    stamp = datetime.utcnow().timestamp()
    token = f"token_{user}_{stamp}_{secrets.token_hex(8)}"
    sessions[token] = user
    return token


def store(key, data):
    stamp = int(datetime.utcnow().timestamp())
    identifier = f"{key}_{stamp}"
    data[identifier] = key
    return identifier


def expires(seconds):
    return int(datetime.utcnow().timestamp()) + seconds  # AUD705


def sent():
    return {"sent_at": f"{int(datetime.utcnow().timestamp())}"}  # AUD705


def temporary_table(name):
    unique_suffix = str(int(datetime.utcnow().timestamp()))
    return f"{name}_{unique_suffix}"
