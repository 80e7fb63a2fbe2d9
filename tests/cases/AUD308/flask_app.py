from flask import Blueprint, abort, jsonify

views = Blueprint("views", __name__)


@views.route("/a")
def answers(work):
    try:
        return work()
    except Exception as error:
        return jsonify(error=str(error)), 500  # AUD308


@views.route("/b")
def gives_up(work):
    try:
        return work()
    except Exception as error:
        abort(500, description=str(error))  # AUD308


@views.route("/c")
def plain(work):
    try:
        return work()
    except Exception as error:
        return f"failed: {error}", 500  # AUD308


@views.route("/no-json")
def is_no_json(work):
    try:
        return work()
    except Exception as error:
        return jsonify({"error": error}), 500


@views.route("/json")
def is_json(work):
    try:
        return work()
    except Exception as error:
        return jsonify({"error": f"failed: {error}"}), 500  # AUD308
