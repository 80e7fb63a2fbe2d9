"""Search texts that a view takes out of the request itself."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Post(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)


@app.route("/one")
def one():
    term = request.args.get("q", "")
    return str(Post.query.filter(Post.name.ilike(f"%{term}%")).count())  # AUD422


@app.route("/two")
def two():
    term = (request.args.get("search") or "").strip()
    return str(Post.query.filter(Post.name.ilike(f"%{term}%")).count())  # AUD422


@app.route("/three")
def three():
    kind = request.args.get("kind", "")
    return str(Post.query.filter(Post.name.ilike(f"%{kind}%")).count())


@app.route("/four")
def four():
    term = request.args.get("q", "")
    return str(Post.query.filter(Post.name.icontains(term, autoescape=True)).count())
