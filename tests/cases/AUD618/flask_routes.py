"""Flask's bodies, forms and arguments."""

from flask import Flask, request
from shop import Model, schema

app = Flask(__name__)


@app.patch("/a")
def by_body():
    for key, value in request.get_json().items():
        setattr(Model, key, value)  # AUD618


@app.post("/b")
def by_form():
    for key in request.form:
        setattr(Model, key, request.form[key])  # AUD618


@app.get("/c")
def by_argument():
    return str(getattr(Model, request.args.get("sort", "name")))  # AUD618


@app.patch("/d")
def by_schema():
    data = schema.load(request.get_json())
    for key, value in data.items():
        setattr(Model, key, value)
