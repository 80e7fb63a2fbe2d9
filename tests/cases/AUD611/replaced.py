"""Bodies for which a handler puts an empty object where there is none."""

from aiohttp import web
from fastapi import FastAPI, Request
from flask import Flask, request

app = FastAPI()
pages = Flask(__name__)


@app.post("/runs")
async def run(request: Request):
    try:
        body = await request.json()
    except Exception:
        body = {}
    return {"name": body.get("name")}  # AUD611


@app.post("/counts")
async def count(request: Request):
    try:
        body = await request.json()
    except ValueError:
        body = {}
    return {"count": int(body.get("count", 0))}  # AUD611


@app.post("/asked")
async def asked(request: Request):
    try:
        body = await request.json()
    except ValueError:
        body = {}
    if not isinstance(body, dict):
        body = {}
    return {"name": body.get("name")}


@app.post("/other")
async def other(request: Request):
    try:
        body = await request.json()
    except ValueError:
        body = {"name": "nobody"}
    return {"name": body.get("name")}


@pages.post("/pages")
def page():
    try:
        data = request.get_json()
    except Exception:
        data = {}
    return {"name": data["name"]}  # AUD611


async def handler(request: web.Request) -> web.Response:
    try:
        data = await request.json()
    except Exception:
        data = {}
    if "name" not in data:
        return web.json_response({"error": "no name"}, status=400)
    return web.json_response({"name": data["name"]})
