"""Flask: the request's parts, and the ways to look at them."""

import os

from flask import Flask, abort, request, send_file, send_from_directory

app = Flask(__name__)


@app.route("/a")
def by_argument():
    return send_file(os.path.join("files", request.args["name"]))  # AUD610


@app.route("/b")
def by_get():
    name = request.args.get("name", "index.html")
    return send_file(f"files/{name}")  # AUD610


@app.route("/c", methods=["POST"])
def by_upload():
    file = request.files["file"]
    file.save("x")
    with open(os.path.join("files", file.filename), "wb") as out:  # AUD610
        out.write(file.stream.read(100))


@app.route("/d/<path:name>")
def by_path(name):
    return send_file("files/" + name)  # AUD610


@app.route("/e/<name>")
def by_segment(name):
    return send_file("files/" + name)


@app.route("/f/<path:name>")
def safe(name):
    return send_from_directory("files", name)


@app.route("/g")
def by_number():
    return send_file(os.path.join("files", str(request.args.get("n", type=int))))


@app.route("/h")
def tested():
    name = request.args["name"]
    if not name.isalnum():
        abort(400)
    return send_file(os.path.join("files", name))
