from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Row(db.Model):
    id = db.Column(db.Integer, primary_key=True)


def page(skip):
    return Row.query.offset(skip).limit(10).all()  # AUD421


def ordered(skip):
    return Row.query.order_by(Row.id).offset(skip).limit(10).all()
