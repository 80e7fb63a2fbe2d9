from flask import Blueprint

pages = Blueprint("pages", __name__)
looked_at = Blueprint("looked_at", __name__)
