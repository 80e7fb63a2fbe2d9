import os


def reached(session):
    is_there = False
    try:
        session.execute("update counts set n = n + 1")
        is_there = True
    except Exception:
        pass
    return is_there


def not_reached(session):
    is_there = True
    try:
        session.execute("update counts set n = n + 1")
        is_there = True
    except Exception:  # AUD302
        pass
    return is_there


def keep_report(session, order):
    try:
        session.execute("update counts set n = n + 1")
    except Exception:
        pass  # non-critical


def keep_token(path, token):
    path.write_text(token)
    try:
        os.chmod(path, 0o600)
    except Exception:  # AUD302
        pass


def keep_state(path, state):
    path.write_text(state)
    try:
        os.chmod(path, 0o600)
    except Exception:
        pass
