from flask import Flask
from flask_login import LoginManager, login_required

app = Flask(__name__)
logins = LoginManager(app)


@app.route("/notes/delete", methods=["POST"])
@login_required
def forget():
    return "", 204
