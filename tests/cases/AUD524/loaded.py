"""Objects that load on first use what they then hold."""

from flask import Flask
from roads import load_graph

app = Flask(__name__)


class Snapper:
    def __init__(self):
        self._graph = None

    def snap(self, points):
        if self._graph is None:
            self._graph = load_graph()
        return [self._graph[point] for point in points]


class Rounder:
    def __init__(self):
        self._last = None

    def snap(self, points):
        self._last = len(points)
        return [round(point) for point in points]


snapper = None
rounder = None


def get_snapper():
    global snapper
    if snapper is None:
        snapper = Snapper()  # AUD524
    return snapper


def get_rounder():
    global rounder
    if rounder is None:
        rounder = Rounder()
    return rounder


@app.route("/snap")
def snap():
    return get_snapper().snap([1, 2])


@app.route("/round")
def round_all():
    return get_rounder().snap([1, 2])
