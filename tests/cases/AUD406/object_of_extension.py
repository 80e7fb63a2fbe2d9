from shop import db
from ui import grid


class Customer(db.Model):
    id = db.Column(db.Integer, primary_key=True)


class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    customer_id = db.Column(db.Integer, db.ForeignKey("customer.id"))  # AUD406
    agent_id = db.Column(db.Integer, db.ForeignKey("agent.id"), index=True)

    customer = db.relationship("Customer", backref="orders")


def orders_of(customer):
    return Order.query.filter_by(customer_id=customer.id).all()


class Layout:
    left = grid.Column("left", ForeignKey=None)
