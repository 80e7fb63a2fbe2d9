"""Containers of a module that functions fill which only other files call."""

_last_seen = {}
_of_batch = {}
_warned_sessions = set()


def note(session_id, now):
    _last_seen[session_id] = now  # AUD504


def remember(session_id, now):
    # Nothing that serves calls it.
    _of_batch[session_id] = now


def warn_once(session_id, log):
    if session_id not in _warned_sessions:
        _warned_sessions.add(session_id)
        log(session_id)
