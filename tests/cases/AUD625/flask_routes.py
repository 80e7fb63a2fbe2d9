"""Texts of a Flask application's requests that are read as numbers."""

from flask import Flask, request

app = Flask(__name__)


@app.get("/orders")
def orders():
    page = int(request.args.get("page", 1))  # AUD625
    size = request.args.get("size", 10, type=int)
    return {"page": page, "size": size}


@app.post("/orders")
def order():
    count = request.form["count"]
    return {"count": int(count)}  # AUD625


@app.post("/bodies")
def body():
    data = request.get_json()
    return {"count": int(data["count"])}


@app.get("/rows/<int:number>")
def row(number):
    return {"row": int(number)}


@app.post("/webhooks/paid")
def webhook_paid():
    return {"count": int(request.headers["X-Count"])}


@app.get("/prices")
def prices():
    if request.args.get("min") and request.args.get("min").isnumeric():
        return {"least": int(request.args.get("min"))}
    return {"most": int(request.args.get("max"))}  # AUD625
