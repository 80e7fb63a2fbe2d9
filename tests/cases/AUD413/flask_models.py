"""Queries of Flask-SQLAlchemy, and models named through their module."""

from flask import Flask, jsonify, redirect, render_template, request

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


@app.route("/orders/<int:key>/edit")
def edit(key):
    order = models.Order.query.get_or_404(key)
    return render_template("order.html", order=order, users=models.User.query.all())


@app.route("/orders/new", methods=["POST"])
def choose():
    for user in models.User.query.all():
        if request.form.get(f"user-{user.id}"):
            db.session.add(models.Order(user=user))
    db.session.commit()
    return redirect("/orders")


@app.route("/all-users", methods=["GET", "POST"])
def listed():
    return render_template("users.html", users=models.User.query.all())  # AUD413


@app.route("/search")
def search():
    found = models.Order.query.filter_by(owner=request.args["user"]).limit(20).all()
    return render_template("orders.html", orders=found, users=models.User.query.all())


@app.route("/found-users")
def found_users():
    users = models.User.query.filter_by(name=request.args["name"]).limit(20).all()
    return render_template("users.html", users=users or models.User.query.all())  # AUD413


@app.route("/everybody")
def everybody():
    shop = models.Shop.query.filter_by(open=True).one()
    return render_template("users.html", shop=shop, users=models.User.query.all())  # AUD413
