"""What routes of Flask look up by the request."""

from flask import Flask, abort, request

from shop.hooks import signed
from shop.models import Order, db

app = Flask(__name__)
RATES = dict(eur=1)


@app.get("/rates/<currency>")
def rate(currency):
    return {"rate": RATES[currency]}  # AUD628


@app.get("/orders/<int:order_id>")
def order(order_id):
    row = Order.query.get(order_id)
    row.seen = True  # AUD628
    db.session.commit()
    return {}


@app.get("/search")
def search():
    number = request.args["number"]
    row = Order.query.filter_by(number=number).first()
    print(row)
    return {"id": row.id}


@app.get("/strict/<int:order_id>")
def strict(order_id):
    return {"id": Order.query.get_or_404(order_id).id}


@app.get("/tested/<int:order_id>")
def tested(order_id):
    row = Order.query.get(order_id) or abort(404)
    return {"id": row.id, "rows": [one.id for one in row.lines]}


@app.post("/paid")
@signed
def paid():
    return {"id": Order.query.filter_by(number=request.form["number"]).one().id}
