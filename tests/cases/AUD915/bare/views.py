from flask import Blueprint

pages = Blueprint("pages", __name__)


@pages.route("/notes", methods=["GET", "POST"])
def notes() -> str:
    return ""
