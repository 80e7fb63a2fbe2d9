"""Members of a model that ask for what belongs to their own row, and relationships that are queries."""

import functools

from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Post(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(20))
    user_id = db.Column(db.Integer, db.ForeignKey("user.id"), index=True)
    user = db.relationship("User", backref="posts")
    marks = db.relationship("Mark", backref=db.backref("post", lazy="joined"), lazy="dynamic")

    @property
    def comment_count(self):
        return Comment.query.filter_by(post_id=self.id).count()

    @functools.cached_property
    def mark_count(self):
        return Mark.query.filter_by(post_id=self.id).count()

    @property
    def heading(self):
        return self.title.title()

    def likes(self):
        return Like.query.filter_by(post_id=self.id).count()

    def likes_for(self, reader):
        if reader is None:
            return 0
        if reader.is_admin:
            return Like.query.filter_by(post_id=self.id).count()
        return 1

    def as_dict(self):
        return {"id": self.id, "comments": self.comment_count}

    def as_short_dict(self):
        return {"id": self.id, "heading": self.heading, "likes": self.likes}


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(20))


class Comment(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    post_id = db.Column(db.Integer, index=True)


class Like(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    post_id = db.Column(db.Integer, index=True)


class Mark(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    post_id = db.Column(db.Integer, db.ForeignKey("post.id"), index=True)


@app.route("/properties")
def properties():
    posts = Post.query.limit(20).all()
    return jsonify([{"title": post.title, "comments": post.comment_count} for post in posts])  # AUD408


@app.route("/methods")
def methods():
    found = []
    for post in Post.query.limit(20):
        found.append({"title": post.title, "likes": post.likes()})  # AUD408
    return jsonify(found)


@app.route("/behind")
def behind():
    return jsonify([post.as_dict() for post in Post.query.limit(20).all()])  # AUD408


@app.route("/short")
def short():
    return jsonify([post.as_short_dict() for post in Post.query.limit(20).all()])


@app.route("/not-called")
def not_called():
    return [post.likes for post in Post.query.limit(20).all()]


@app.route("/kept")
def kept():
    return [post.mark_count for post in Post.query.limit(20).all()]


@app.route("/sometimes")
def sometimes():
    return [post.likes_for(None) for post in Post.query.limit(20).all()]


@app.route("/dynamic")
def dynamic():
    return jsonify([post.marks.count() for post in Post.query.limit(20).all()])  # AUD408


@app.route("/pages")
def pages():
    pagination = Post.query.paginate(page=1, per_page=20)
    return jsonify([post.user.name for post in pagination.items])  # AUD408


@app.route("/given-back")
def given_back():
    return jsonify([len(user.posts) for user in User.query.limit(20).all()])  # AUD408


@app.route("/given-back-whole")
def given_back_whole():
    return jsonify([mark.post.title for mark in Mark.query.limit(20).all()])


@app.route("/one")
def one():
    post = Post.query.get_or_404(1)
    return jsonify(post.as_dict())
