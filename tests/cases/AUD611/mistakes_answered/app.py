from flask import Flask, jsonify, request

app = Flask(__name__)


@app.errorhandler(Exception)
def failed(error):
    if isinstance(error, (KeyError, ValueError)):
        return jsonify(error=str(error)), 400
    return jsonify(error="failed"), 500


@app.post("/orders")
def order():
    data = request.get_json()
    return {"item": data["item"]}
