from flask import Flask, jsonify, request

from models import InstalledApp, Member, Note

app = Flask(__name__)


@app.route("/notes")
def notes():
    authors = {member.id: member for member in Member.query.all()}
    return jsonify([[note.text, authors[note.author_id].name] for note in Note.query.all()])  # AUD413


@app.route("/members", methods=["GET", "POST"])
def members():
    if request.method == "POST":
        for member in Member.query.all():
            member.is_here = str(member.id) in request.form
        return "", 204
    return jsonify([member.name for member in Member.query.all()])  # AUD413


@app.route("/apps")
def apps():
    return jsonify([one.name for one in InstalledApp.query.all()])
