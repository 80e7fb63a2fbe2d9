"""What lies aside when a file is written over, and what is written anew where it cannot be read."""

import json
import shutil
from pathlib import Path


def back_up(path):
    path.with_suffix(".bak").write_bytes(path.read_bytes())


def with_copy(path, name):
    state = json.loads(path.read_text())
    state["names"].append(name)
    shutil.copy2(path, path.with_suffix(".backup"))
    with open(path, "w") as file:
        json.dump(state, file)


def by_name(path, name):
    state = json.loads(path.read_text())
    state["names"].append(name)
    back_up(path)
    path.write_text(json.dumps(state))


def copied_later(path, name):
    state = json.loads(path.read_text())
    state["names"].append(name)
    with open(path, "w") as file:  # AUD213
        json.dump(state, file)
    shutil.copy2(path, path.with_suffix(".backup"))


def copy_of_another(path, name):
    state = json.loads(path.read_text())
    state["names"].append(name)
    shutil.copy2(Path("template.json"), path.with_suffix(".template"))
    with open(path, "w") as file:  # AUD213
        json.dump(state, file)


def asked_anew(path, ask):
    try:
        answers = json.loads(path.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        answers = ask()
        path.write_text(json.dumps(answers))
    return answers
