import json

from django.http import JsonResponse
from flask import Flask, jsonify, request
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

app = Flask(__name__)
KINDS = ("a", "b")


def create(name):
    return name


class Users(APIView):
    def post(self, request):
        return Response({"id": create(request.data.get("name"))})  # AUD611

    def put(self, request):
        data = request.data
        return Response({"id": create(data.get("name"))})  # AUD611


class Forms(APIView):
    parser_classes = (MultiPartParser, FormParser)

    def post(self, request):
        return Response({"id": create(request.data.get("name"))})


class Checked(APIView):
    def post(self, request):
        form = UserSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return Response({"id": create(request.data.get("name"))})


def devices(request):
    body = json.loads(request.body)
    if not isinstance(body, dict):
        return JsonResponse({}, status=400)
    keys = body.get("keys", {})
    return JsonResponse({"key": keys.get("p256dh")})  # AUD611


def known_devices(request):
    body = json.loads(request.body)  # AUD611
    if not isinstance(body, dict):
        return JsonResponse({}, status=400)
    keys = body.get("keys", {})
    if not isinstance(keys, dict):
        return JsonResponse({}, status=400)
    return JsonResponse({"key": keys.get("p256dh")})


@app.post("/names")
def names():
    payload = request.json or {}
    return jsonify(name=create(payload.get("name")))  # AUD611


@app.post("/texts")
def texts():
    payload = request.get_json()
    name = payload["name"] if isinstance(payload, dict) and "name" in payload else ""
    return jsonify(name=name.strip())


@app.post("/kept")
def kept():
    payload = request.get_json()
    if not isinstance(payload, dict):
        return jsonify(error="no object"), 400
    name = payload.get("name", "")
    if not name:
        return jsonify(error="no name"), 400
    return jsonify(name=name.strip())  # AUD611


@app.post("/kinds")
def kinds():
    payload = request.get_json()
    if not isinstance(payload, dict):
        return jsonify(error="no object"), 400
    kind = payload.get("kind", "a")
    if kind not in KINDS:
        return jsonify(error="no kind"), 400
    return jsonify(kind=kind.upper())


@app.post("/numbers")
def numbers():
    payload = request.get_json()
    if not isinstance(payload, dict):
        return jsonify(error="no object"), 400
    size = payload.get("size")
    try:
        return jsonify(size=int(size))
    except (TypeError, ValueError):
        return jsonify(error="no number"), 400
