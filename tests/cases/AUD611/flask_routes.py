"""Bodies of Flask."""

import json

import flask
from flask import Flask, abort, request
from flask_login import login_required

from app.guards import checked, secure, secure_filename_of

app = Flask(__name__)


@app.route("/a", methods=["POST"])
@login_required
def by_get_json():
    data = request.get_json(force=True)
    return {"item": data["item"]}  # AUD611


@app.post("/b")
def by_attribute():
    return {"item": request.json["item"]}  # AUD611


@app.post("/c")
def by_form():
    """A missing field of a form is answered with 400 by Flask itself."""
    return {"item": request.form["item"]}


@app.post("/d")
def tested():
    data = request.get_json()
    if not all(key in data for key in ("item", "count")):
        abort(400)
    return {"item": data["item"]}


@app.post("/e")
def tested_at_once():
    if "item" not in request.json:
        abort(400)
    return {"item": request.json["item"]}


@app.post("/secured")
@secure
def secured():
    return json.loads(request.data)["item"]  # AUD611


@app.post("/secured/twice")
@secure_filename_of("name")
@checked
def checked_outside():
    return json.loads(request.data)["item"]


@app.post("/by/flask")
def by_json_of_flask():
    return flask.json.loads(request.data)["item"]  # AUD611


@app.post("/answered-as-a-fault")
def answered_as_a_fault():
    try:
        data = request.get_json()
        return {"item": data["item"]}  # AUD611
    except Exception as error:
        return {"error": str(error)}, 500


@app.post("/answered-as-a-mistake")
def answered_as_a_mistake():
    try:
        data = request.get_json()
        return {"item": data["item"]}
    except Exception as error:
        return {"error": str(error)}, 400


@app.post("/answered-both-ways")
def answered_both_ways():
    try:
        data = request.get_json()
        return {"item": data["item"]}
    except KeyError:
        abort(400)
    except Exception:
        abort(500)


@app.post("/in-a-transaction")
def in_a_transaction(session):
    with session.begin():
        data = request.get_json()
        return {"item": data["item"]}  # AUD611


@app.post("/in-what-may-answer")
def in_what_may_answer(answering):
    with answering():
        data = request.get_json()
        return {"item": data["item"]}


@app.post("/or-empty")
def or_empty():
    data = request.get_json(silent=True) or {}
    return {"channel": data.get("channel", "").strip()}  # AUD611


@app.post("/or-empty-key")
def or_empty_key():
    data: dict = request.get_json() or {}
    return {"item": data["item"]}  # AUD611


@app.post("/or-empty-get")
def or_empty_get():
    data = request.get_json(silent=True) or {}
    return {"item": data.get("item")}  # AUD611


@app.post("/or-empty-asked")
def or_empty_asked():
    data = request.get_json(silent=True) or {}
    if not isinstance(data, dict) or not isinstance(data.get("item"), str):
        abort(400)
    return {"item": data.get("item").strip()}


@app.post("/or-other")
def or_other():
    data = request.get_json(silent=True) or {"item": "none"}
    return {"item": data["item"]}


@app.post("/or-empty-object")
def or_empty_object():
    data = request.get_json(silent=True) or {}
    if not isinstance(data, dict):
        abort(400)
    return {"item": data.get("item"), "count": int(data.get("count", 0))}  # AUD611


@app.post("/or-empty-asked-of-a-value")
def or_empty_asked_of_a_value():
    data = request.get_json(silent=True) or {}
    events = data.get("events") if isinstance(data.get("events"), list) else [data]  # AUD611
    return {"events": len(events)}


@app.post("/with-names")
def with_names(hooks):
    data = request.get_json()
    return {"hooks": hooks[data["name"]]}  # AUD611


def _body():
    """The body, or an empty object where there is none."""
    return request.get_json(silent=True) or {}


def _checked_body():
    data = request.get_json(silent=True) or {}
    return data if isinstance(data, dict) else {}


@app.post("/by-a-function")
def by_a_function():
    data = _body()
    return {"item": data.get("item")}  # AUD611


@app.post("/by-a-function-at-once")
def by_a_function_at_once():
    return {"item": _body().get("item")}  # AUD611


@app.post("/by-a-function-that-checks")
def by_a_function_that_checks():
    data = _checked_body()
    return {"item": data.get("item")}


@app.post("/asked-for-a-key")
def asked_for_a_key():
    data = request.get_json()
    if not data or "prompt" not in data:
        return {"error": "no prompt"}, 400
    return {"size": data.get("size")}


@app.post("/not-asked-for-a-key")
def not_asked_for_a_key():
    data = request.get_json()
    if not data:
        return {"error": "no prompt"}, 400
    return {"size": data.get("size")}  # AUD611
