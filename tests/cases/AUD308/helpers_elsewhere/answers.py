from flask import jsonify, make_response


def internal_error(data=None, err="something went wrong"):
    return _answer(data, err, 500)


def bad_request(data=None, err="it cannot be done"):
    return _answer(data, "it cannot be done", 400)


def _answer(data, err, status):
    return make_response(jsonify({"data": data, "error": err}), status)


def frame(kind, text):
    return f"event: {kind}\ndata: {text}\n\n"
