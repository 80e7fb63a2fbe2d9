"""Queries of Flask-SQLAlchemy, and models named through their module."""

from flask import Flask, jsonify, request

from shop import db, models

app = Flask(__name__)


@app.route("/orders")
def orders():
    return jsonify([order.as_dict() for order in models.Order.query.all()])  # AUD413


@app.route("/users")
def users():
    found = db.session.query(models.User).order_by(models.User.name).all()  # AUD413
    return jsonify([user.as_dict() for user in found])


@app.route("/names")
def names():
    return jsonify([name for (name,) in db.session.query(models.User.name).limit(20).all()])


@app.route("/mine")
def mine():
    return jsonify([order.id for order in models.Order.query.filter_by(owner=request.args["user"]).all()])


def rebuild():
    return models.Order.query.all()
