from flask import Flask
from flask_login import LoginManager

from forms import protect

app = Flask(__name__)
logins = LoginManager(app)
protect(app)


@app.post("/notes")
def add() -> str:
    return ""
