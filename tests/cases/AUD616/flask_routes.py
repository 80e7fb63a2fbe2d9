"""Flask: limits of single routes, and routes that need none."""

from flask import Flask
from flask_limiter import Limiter
from shop import check_captcha, fixed_window

app = Flask(__name__)
limiter = Limiter(app=app, storage_uri="memory://")


@app.post("/login")
@limiter.limit("5/minute")
def login():
    return "ok"


@app.route("/register", methods=["POST"])
def register():  # AUD616
    return "ok"


@app.post("/upload")
def upload():  # AUD616
    return "ok"


# -- silent ------------------------------------------------------------------------------------------------


@app.route("/register", methods=["GET"])
def form():
    return "ok"


@app.post("/notes")
def notes():
    return "ok"


@app.post("/token")
@limiter.exempt
def token():
    return "ok"


@app.post("/signup")
@fixed_window.throttle
def signup():
    return "ok"


@app.post("/forgot")
def forgot():
    check_captcha()
    return "ok"
