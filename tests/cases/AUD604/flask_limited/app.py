from flask import Flask, request

app = Flask(__name__)
app.config.from_object("config.Config")


@app.route("/cookies", methods=["POST"])
def cookies():
    file = request.files["file"]
    return {"size": len(file.read())}
