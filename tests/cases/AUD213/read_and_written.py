"""What one function reads and then writes over."""

import json
import os
from pathlib import Path


def add(path, name):
    with open(path) as file:
        state = json.load(file)
    state["names"].append(name)
    with open(path, "w") as file:  # AUD213
        json.dump(state, file)


def add_to_first(paths, name):
    state = json.loads(Path(paths[0]).read_text()) if paths else {}
    state["name"] = name
    with open(paths[0], "r") as file:
        state.update(json.load(file))
    with open(paths[0], "w") as file:  # AUD213
        json.dump(state, file)


def set_option(name, value):
    path = Path.home() / ".shop" / "config.json"
    options = json.loads(path.read_text()) if path.exists() else {}
    options[name] = value
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(options))  # AUD213


def load_or_make(folder):
    path = folder / "identity.json"
    if path.exists():
        return json.loads(path.read_text())
    made = {"name": folder.name}
    path.write_text(json.dumps(made))
    return made


def load_or_make_again(folder):
    path = folder / "identity.json"
    try:
        return json.loads(path.read_text())
    except ValueError:
        path.write_text(json.dumps({}))
        return {}


def copied(source, target):
    with open(source) as file:
        state = json.load(file)
    with open(target, "w") as file:
        json.dump(state, file)


def each(paths):
    for path in paths:
        with open(path) as file:
            state = json.load(file)
        with open(path, "w") as file:  # AUD213
            json.dump(state, file)


def replaced(path, name):
    with open(path) as file:
        state = json.load(file)
    path = f"{path}.new"
    with open(path, "w") as file:
        json.dump([*state, name], file)


def checked(path):
    with open(path, "w") as file:
        json.dump({}, file)
    with open(path) as file:
        return json.load(file)


def kept_for_speed(folder, name):
    cache_file = os.path.join(folder, "names.json")
    names = {}
    try:
        with open(cache_file) as file:
            names = json.load(file)
    except ValueError:
        pass
    names[name] = True
    with open(cache_file, "w") as file:
        json.dump(names, file)


def reported(folder, name):
    path = folder / "report.json"
    found = json.loads(path.read_text())
    path.write_text(json.dumps([*found, name]))


def remembered(folder, session):
    path = folder / "site-id"
    known = path.read_text() if path.exists() else ""
    if known:
        return known
    site = session.post("https://sites.example.com", timeout=5).json()
    path.write_text(site["id"])
    return site["id"]


def with_another_text(path, name):
    state = json.loads(path.read_text())
    state["name"] = name.replace(" ", "-")
    path.write_text(json.dumps(state))  # AUD213


def with_another_name(path, name):
    state = json.loads(path.read_text())
    path.replace(path.with_suffix(".old"))
    path.write_text(json.dumps([*state, name]))
