from flask import Flask, request

app = Flask(__name__)
LIMIT = 1_000_000


@app.route("/cookies", methods=["POST"])
def cookies():
    file = request.files.get("file")
    content = file.read()  # AUD604
    if len(content) > LIMIT:
        return {"error": "too large"}, 413
    return {"size": len(content)}


@app.route("/stream", methods=["POST"])
def stream():
    file = request.files["file"]
    return {"bytes": len(file.stream.read())}  # AUD604


@app.route("/handed", methods=["POST"])
def handed():
    file = request.files["file"]
    return {"lines": lines_of(file)}  # AUD604


def lines_of(upload):
    return upload.read().count(b"\n")


@app.route("/part", methods=["POST"])
def part():
    file = request.files["file"]
    return {"size": len(file.read(LIMIT))}


@app.route("/sized", methods=["POST"])
def sized():
    file = request.files["file"]
    file.seek(0, 2)
    size = file.tell()
    if size > LIMIT:
        return {"error": "too large"}, 413
    return {"size": len(file.read())}


@app.route("/saved", methods=["POST"])
def saved():
    request.files["file"].save("/tmp/upload")
    with open("/tmp/upload", "rb") as file:
        return {"size": len(file.read())}


def no_route():
    file = request.files["file"]
    return file.read()
