import os
import re
from pathlib import Path

NAME = re.compile(r"^[a-z]+$")
WHOLE = re.compile(r"^[a-z]+\Z")
LINES = re.compile(r"^[a-z]+$", re.MULTILINE)


def compiled(folder, name):
    if NAME.match(name) is None:  # AUD614
        return None
    return os.path.join(folder, name)


def statement(session, table):
    if not re.search("^[a-z]+$", table):  # AUD614
        raise ValueError(table)
    return session.execute(f"select * from {table}")


def address(client, base, name):
    if not name or not NAME.match(name):  # AUD614
        raise ValueError(name)
    return client.get(f"{base}/users/{name}")


def not_guarded(folder, name):
    if NAME.match(name):
        return Path(folder) / name
    return Path(folder) / "other"


def whole(folder, name):
    if not WHOLE.match(name):
        raise ValueError(name)
    return Path(folder) / name


def full(folder, name):
    if not NAME.fullmatch(name):
        raise ValueError(name)
    return Path(folder) / name


def lines(folder, name):
    if not LINES.match(name):
        raise ValueError(name)
    return Path(folder) / name


def bound_anew(folder, name):
    if not NAME.match(name):
        raise ValueError(name)
    name = name.strip()
    return Path(folder) / name


def compared_only(names, name):
    if not NAME.match(name):
        raise ValueError(name)
    return name in names


def by_parameter(connection, owner):
    if not re.match(r"^[a-z]+$", owner):
        raise ValueError(owner)
    connection.execute("insert into owners values (?)", owner)


def stripped(owner):
    owner = owner.strip()
    if not re.match(r"^[a-z]+$", owner):
        raise ValueError(owner)
    return Path("owners") / owner


def made_here(base, number):
    name = f"{base}-{number.hex()}"
    if not re.match(r"^[a-z]+-[0-9a-f]+$", name):
        raise ValueError(base)
    return Path("owners") / name


def only_asked(name):
    if not re.match(r"^[a-z]+$", name):
        return False
    return Path(name).resolve().exists()


def listed(folder):
    for name in os.listdir(folder):
        if not re.match(r"^[a-z]+$", name):
            continue
        yield Path(folder) / name


def known_ones(name, known):
    if not re.match(r"^[a-z]+$", name):
        return None
    if name not in known:
        return None
    return Path("owners") / name


def read_if_there(folder, name):
    if not NAME.match(name):
        raise ValueError(name)
    try:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            return file.read()
    except (FileNotFoundError, OSError):
        return None


def written(folder, name):
    if not NAME.match(name):  # AUD614
        raise ValueError(name)
    try:
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write("")
    except OSError:
        return None


def missing_is_no_error(folder, name):
    if not NAME.match(name):  # AUD614
        raise ValueError(name)
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return file.read()


def of_the_operator():
    name = os.environ.get("PROFILE", "first")
    if not NAME.match(name):
        return None
    return Path("profiles") / name


def asked_for(cursor, folder, name):
    if not NAME.match(name):
        return None
    cursor.execute("SELECT 1 FROM tables WHERE name = ?", (name,))
    return Path(folder) / name


def resolved(folder, name):
    if not NAME.match(name):
        return None
    path = (Path(folder) / name).resolve()
    return path if path.is_relative_to(folder) else None


def ask_for_a_name(folder, ask):
    name = ask("the name").strip().lower()
    if not re.match(r"^[a-z0-9-]+$", name):
        raise ValueError(name)
    return (folder / name).read_text()


def without_quotes(folder, owner):
    name = owner.strip("`")
    if not re.match(r"^[a-z]+$", name):  # AUD614
        raise ValueError(name)
    return Path(folder) / name
