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


@views.route("/kept")
def keeps_its_answer(work):
    try:
        response = jsonify(work())
    except Exception as error:
        response = jsonify(error=str(error)), 500  # AUD308
    return response


@views.route("/times")
def asks_for_times(request, extract_times):
    try:
        begin, end = extract_times(request.form)
    except Exception as error:
        return jsonify(error=str(error)), 400
    return jsonify(begin=begin, end=end)
