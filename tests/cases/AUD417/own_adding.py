"""Rows of Flask-SQLAlchemy that add themselves by a method of the project."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Tag(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(20), unique=True)

    @classmethod
    def find_by_name(cls, name):
        return cls.query.filter_by(name=name).first()

    def insert(self):
        db.session.add(self)
        db.session.commit()

    def save_to_db(self):
        db.session.add(self)
        db.session.commit()

    def add_to_db(self):
        print(self)


@app.route("/inserted", methods=["POST"])
def inserted():
    name = request.form["name"]
    if Tag.query.filter_by(name=name).first():
        return "taken", 400
    tag = Tag(name=name)
    tag.insert()  # AUD417
    return "made"


@app.route("/saved", methods=["POST"])
def saved():
    data = request.get_json()
    if Tag.find_by_name(data["name"]):
        return "taken", 400
    tag = Tag(**data)
    tag.save_to_db()  # AUD417
    return "made"


@app.route("/shown", methods=["POST"])
def shown():
    name = request.form["name"]
    if Tag.query.filter_by(name=name).first():
        return "taken", 400
    tag = Tag(name=name)
    tag.add_to_db()
    return "made"
