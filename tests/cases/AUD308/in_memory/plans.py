import sqlite3
import threading
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    TASK = "task"


@dataclass
class Step:
    name: str
    kind: Kind
    place: tuple[float, float]

    @classmethod
    def from_dict(cls, data):
        return cls(name=data["name"], kind=Kind(data.get("kind", "task")), place=(float(data["x"]), float(data["y"])))


@dataclass
class Plan:
    steps: list[Step] = field(default_factory=list)

    @classmethod
    def from_dict(cls, data):
        return cls(steps=[Step.from_dict(step) for step in data["steps"]])


class Told:
    def __init__(self, path):
        self.lines = open(path).readlines()


class Counts:
    def __init__(self):
        self._lock = threading.Lock()
        self._counts = {}

    def add(self, name):
        with self._lock:
            self._counts[name] = self._counts.get(name, 0) + 1

    def all(self):
        return dict(self._counts)


counts = Counts()


def build(body):
    return Plan.from_dict({"steps": [step.model_dump() for step in body.steps]})


def depth(step):
    return 1 + max((depth(inner) for inner in step["inner"]), default=0)


def kept(number):
    with sqlite3.connect("plans.db") as connection:
        return connection.execute("select plan from plans where number = ?", (number,)).fetchone()


def kept_plan(number):
    return Plan.from_dict(kept(number))


async def steps_of(body):
    yield body


def logged(function):
    return function


@logged
def wrapped(body):
    return body["name"]
