from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Member(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String, unique=True)

    def save(self):
        db.session.add(self)
        db.session.commit()

    @classmethod
    def by_email(cls, email):
        return cls.query.filter_by(email=email).first()


class Guest:
    def __init__(self, email):
        self.email = email

    def save(self):
        print(self.email)


@app.route("/saved", methods=["POST"])
def saved():
    data = request.get_json()
    if Member.query.filter_by(email=data["email"]).first() is not None:
        return "taken", 409
    member = Member(email=data["email"])
    member.save()  # AUD417
    return "made"


@app.route("/asked", methods=["POST"])
def asked():
    email = request.form["email"]
    if Member.by_email(email):
        return "taken", 409
    db.session.add(Member(email=email))  # AUD417
    db.session.commit()
    return "made"


@app.route("/guest", methods=["POST"])
def guest():
    email = request.form["email"]
    if Member.by_email(email):
        return "a member", 409
    visitor = Guest(email=email)
    visitor.save()
    return "made"
