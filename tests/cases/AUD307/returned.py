import json
import logging

from flask import Flask, jsonify, request

app = Flask(__name__)
logger = logging.getLogger(__name__)


@app.post("/orders")
def order():
    try:
        number = save_order(request.get_json())
    except Exception:
        return jsonify({"error": "the order cannot be kept"}), 500  # AUD307
    return jsonify({"number": number})


@app.post("/invoices")
def invoice():
    try:
        number = save_invoice(request.get_json())
    except Exception:
        logger.exception("no invoice")
        return jsonify({"error": "the invoice cannot be kept"}), 500
    return jsonify({"number": number})


@app.post("/receipts")
def receipt():
    try:
        number = save_receipt(request.get_json())
    except Exception as error:
        return jsonify({"error": explain(error)}), 500
    return jsonify({"number": number})


@app.get("/health")
def health():
    try:
        ask_database()
    except Exception:
        return jsonify({"database": "down"}), 500
    return jsonify({"database": "up"})


@app.post("/drafts")
def draft():
    try:
        text = json.loads(request.data)
    except Exception:
        return jsonify({"error": "no document"}), 500
    return jsonify(text)


@app.post("/notes")
def note():
    try:
        keep_note(request.get_json())
    except KeyError:
        return jsonify({"error": "no text"}), 500
    except Exception:
        return jsonify({"error": "busy"}), 503
    return jsonify({})
