from flask import Blueprint, request

blueprint = Blueprint("files", __name__)


@blueprint.route("/cookies", methods=["POST"])
def cookies():
    file = request.files["file"]
    return {"size": len(file.read())}
