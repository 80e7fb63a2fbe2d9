import tornado.web
from fastapi import APIRouter
from fastapi.responses import HTMLResponse, PlainTextResponse
from flask import Blueprint

router = APIRouter()
pages = Blueprint("pages", __name__)


@router.get("/a")
async def a(name: str, findings, friendly):
    if name == "1":
        return PlainTextResponse("Error: no such name")  # AUD612
    if name == "2":
        return HTMLResponse("<h1>Page not found</h1>")  # AUD612
    if name == "3":
        return HTMLResponse("<h1>Errors of the week</h1>")
    if name == "4":
        return PlainTextResponse("Error: no such name", status_code=404)
    if name == "5":
        return {"error": "no such name", "findings": []}  # AUD612
    if name == "6":
        return {"error": "no such name", "findings": findings, "count": 1}
    if name == "7":
        return {"status": "E", "error": "no such name", "message": "look at the list"}  # AUD612
    if name == "8":
        return {"status": "ok", "error": "no such name", "message": "look at the list"}
    if name == "9":
        return {"error": friendly(name), "findings": []}
    if name == "10":
        return {"status": "duplicate", "error": "Already in the list"}
    if name == "11":
        return {"tools": [], "error": "tools are not installed"}
    return "found"


@pages.get("/b")
def b(name):
    if name:
        return f"Invalid name {name}"  # AUD612
    if pages:
        return "Failed to read the name"  # AUD612
    return "error", 400


@router.get("/c")
def c(load, friendly):
    try:
        return {"findings": load()}
    except LookupError as error:
        return {"error": friendly(error), "findings": []}  # AUD612


class Summary(tornado.web.RequestHandler):
    def get(self, number):
        if number == "1":
            self.write("ERROR: no such summary")  # AUD612
            return
        if number == "2":
            self.finish({"error": "no such summary"})  # AUD612
            return
        self.write("found")

    def post(self):
        self.set_status(400)
        self.write("ERROR: no such summary")

    def log(self):
        self.write("ERROR: in a helper")


class Report:
    def get(self):
        self.write("ERROR: no handler")
