from flask import Flask
from flask_login import LoginManager

logins = LoginManager()  # AUD915


def create() -> Flask:
    app = Flask(__name__)
    logins.init_app(app)
    return app
