import services
from answers import bad_request, internal_error
from flask import Flask, Response, jsonify

app = Flask(__name__)
store = services.Store()


@app.route("/a")
def by_the_result(work):
    return jsonify(services.read(work))


@app.route("/b")
def by_queues(work):
    return services.queues(work)


@app.route("/c")
def by_lines(work):
    return Response(services.lines(work), mimetype="text/event-stream")


@app.route("/d")
def by_a_method(work):
    result = store.load(work)
    return jsonify(result)


@app.route("/e")
def by_what_is_tried_out(work):
    return jsonify(store.check_connection(work))


@app.route("/f")
def by_the_answer(work):
    try:
        return work()
    except Exception as error:
        return internal_error(err=str(error))  # AUD308


@app.route("/g")
def by_a_fixed_answer(work):
    try:
        return work()
    except Exception as error:
        return bad_request(err=str(error))


@app.route("/h")
def answers_what_is_fixed(work):
    result = services.nobody_answers(work)
    return jsonify({"ok": result["ok"]})


@app.route("/health")
def health_check(work):
    return jsonify(services.state_of(work))
