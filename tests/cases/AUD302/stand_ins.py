"""Values that stand in for what could not be got."""

import json
import subprocess

DEFAULT_RULES = {"*": "deny"}
UNKNOWN_OWNER = "nobody"


class TriageConfig:
    def __init__(self, limit=5):
        self.limit = limit


def interval(path):
    try:
        with open(path) as file:
            hours = json.load(file)["hours"]
    except Exception:  # AUD302
        hours = 24
    return hours * 3600


def rate(repository):
    try:
        events = repository.list_events(limit=5000)
        seen = len(events) / 5000
    except Exception:  # AUD302
        seen = 0.7
    return seen


def rules(connection):
    try:
        return dict(connection.execute("select path, answer from rules").fetchall())
    except Exception:  # AUD302
        return dict(DEFAULT_RULES)


def triage(session, domain):
    try:
        config = load_config(session, domain)
    except Exception:  # AUD302
        config = TriageConfig()
    return config.limit


def holders(session):
    try:
        found = {row.name for row in session.query(TriageConfig).all()}
    except Exception:  # AUD302
        found = set()
    return sorted(found)


def known_holders(session):
    try:
        return frozenset(row.name for row in session.query(TriageConfig).all())
    except Exception:  # AUD302
        return frozenset()


def language(connection, user):
    try:
        return connection.execute("select language from users where id = ?", (user,)).fetchone()[0]
    except Exception:  # AUD302
        return "en"


def owner(connection, name):
    try:
        return connection.execute("select owner from files where name = ?", (name,)).fetchone()[0]
    except Exception:
        return UNKNOWN_OWNER


def state(connection, name):
    try:
        return connection.execute("select state from files where name = ?", (name,)).fetchone()[0]
    except Exception:
        return "unknown"


def summary(connection, name):
    try:
        return connection.execute("select text from files where name = ?", (name,)).fetchone()[0]
    except Exception:
        return "There is no summary."


def is_there(connection, name):
    try:
        connection.execute("select 1 from files where name = ?", (name,)).fetchone()
        found = True
    except Exception:
        found = False
    return found


def build(folder):
    try:
        return subprocess.run(["make", "-C", folder]).returncode
    except Exception:
        return 2


def figures(connection):
    try:
        rows = connection.execute("select * from figures").fetchall()
        return {"rows": rows}
    except Exception:
        return {"rows": [], "error": "no figures"}


def width(text):
    try:
        found = int(text)
    except Exception:
        found = 80
    return found


def rounds(path):
    try:
        with open(path) as file:
            count = int(file.read())
    except Exception:  # the file is optional, ten rounds are enough
        count = 10
    return count


def share(session, name):
    try:
        found = session.query(TriageConfig).filter_by(name=name).one().share
    except Exception:
        found = 20
    return found


def cover_colour(session, name):
    try:
        return session.query(TriageConfig).filter_by(name=name).first().colour
    except Exception:
        return "#ffffff"


def pages(connection, name):
    try:
        return connection.execute("select pages from books where name = ?", (name,)).fetchone()[0]
    except Exception:  # AUD302
        pass
    return 100


def owner_of_book(connection, name):
    try:
        return connection.execute("select owner from books where name = ?", (name,)).fetchone()[0]
    except Exception:
        pass
    return "not known"


def chapters(connection, name):
    try:
        return connection.execute("select chapters from books where name = ?", (name,)).fetchone()[0]
    except Exception:
        pass
    return read_chapters(name)


def editions(connection, name):
    try:
        return connection.execute("select editions from books where name = ?", (name,)).fetchone()[0]
    except Exception:
        pass
    # Books without a row have one edition.
    return 1


def address():
    try:
        return subprocess.check_output(["hostname", "-i"], text=True).strip()
    except Exception:
        pass
    return "localhost"


def release(path):
    try:
        with open(path) as file:
            found = json.load(file)
    except Exception:
        try:
            found = {"release": read_release()}
        except LookupError:
            found = {"release": "0.0.0"}
    return found
