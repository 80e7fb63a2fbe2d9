"""Flask answers with 400 itself, where its own reader is asked."""

import json

from flask import Flask, request

app = Flask(__name__)


@app.post("/by-hand")
def by_hand():
    body = json.loads(request.data)  # AUD611
    if not isinstance(body, dict):
        return "", 400
    return {"name": body.get("name")}


# -- silent ------------------------------------------------------------------------------------------------


@app.post("/by-flask")
def by_flask():
    body = request.get_json()
    if not isinstance(body, dict):
        return "", 400
    return {"name": body.get("name")}
