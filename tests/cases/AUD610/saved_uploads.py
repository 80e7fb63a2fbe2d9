"""Uploads of Flask that are saved under the name that the client gives."""

import os
import uuid

from flask import Flask, request
from werkzeug.utils import secure_filename

app = Flask(__name__)
FOLDER = "uploads"


@app.route("/one", methods=["POST"])
def one():
    file = request.files["file"]
    file.save(os.path.join(FOLDER, file.filename))  # AUD610
    return ""


@app.route("/several", methods=["POST"])
def several():
    for file in request.files.getlist("files"):
        file.save(os.path.join(FOLDER, file.filename))  # AUD610
    return ""


@app.route("/safe", methods=["POST"])
def safe():
    file = request.files["file"]
    file.save(os.path.join(FOLDER, secure_filename(file.filename)))
    return ""


@app.route("/own", methods=["POST"])
def own():
    file = request.files["file"]
    file.save(os.path.join(FOLDER, uuid.uuid4().hex))
    return ""


@app.route("/picture", methods=["POST"])
def picture():
    image = draw(request.form["name"])
    image.save(os.path.join(FOLDER, request.form["name"]))
    return ""


def draw(name):
    return name
