from fastapi import APIRouter, HTTPException, Response
from fastapi.responses import JSONResponse
from flask import Blueprint, jsonify

router = APIRouter()
pages = Blueprint("pages", __name__)


@router.get("/a")
async def a(name: str, response: Response):
    if name == "1":
        return {"success": False, "message": "not found"}  # AUD612
    if name == "2":
        return JSONResponse({"error": "not found"})  # AUD612
    if name == "3":
        return JSONResponse({"error": "not found"}, status_code=404)
    if name == "4":
        return JSONResponse(status_code=400, content={"error": "bad"})
    if name == "5":
        return {"status": "failed", "message": "busy"}  # AUD612
    if name == "10":
        return {"status": "ERROR", "reason": "a protocol's own"}
    if name == "11":
        return {"paid": False, "status": "failed"}
    if name == "12":
        return {"status": "error", "detail": "busy"}  # AUD612
    if name == "6":
        return {"error": None, "data": [1]}
    if name == "7":
        return {"jsonrpc": "2.0", "error": "bad"}
    if name == "8":
        return {"status": "ok"}
    return {"success": name == "9"}


@router.get("/b")
async def b(response: Response):
    response.status_code = 404
    return {"error": "not found"}


@router.get("/c", status_code=400)
async def c():
    return {"error": "always"}


@router.post("/connections/test")
async def try_out(name: str):
    return {"success": False, "message": "refused"}


@router.post("/webhook")
async def take(name: str):
    return {"success": False}


@router.get("/health")
async def health():
    return {"status": "error"}


@router.get("/d")
async def d():
    try:
        return {"data": 1}
    except Exception as e:
        return {"error": f"failed: {e}"}


@pages.get("/e")
def e():
    if pages:
        return jsonify({"error": "no"}), 404
    if router:
        return jsonify(error="no")  # AUD612
    return {"error": "no"}, 400


def helper():
    return {"error": "no"}


@router.post("/billing/events")
async def events(stripe, request):
    event = stripe.Webhook.construct_event(await request.body())
    if event["type"] != "invoice.paid":
        return {"success": False}
    return {"success": True}


@router.post("/jobs/run")
async def run_job(job):
    try:
        job.run()
    except Exception:
        job.status = "broken"
        return {"status": "failed"}  # AUD612
    return {"status": "ok"}


@router.get("/jobs/{name}")
async def state_of_job(name: str):
    if name == "old":
        return {"status": "failed"}
    return {"status": "done"}


@pages.post("/jobs")
def with_status(response):
    try:
        return {"data": 1}
    except Exception:
        response.status = 500
        return {"status": "failed"}


@router.post("/commands")
def command(text: str):
    try:
        return run_command(text)
    except HTTPException as error:
        return {"ok": False, "message": str(error.detail)}


@router.get("/raised")
def raised(name: str):
    if name == "1":
        raise HTTPException(200, "nothing is configured")  # AUD612
    if name == "2":
        raise HTTPException(status_code=200, detail="deleted successfully")
    if name == "3":
        raise HTTPException(status_code=404, detail="not found")
    return {"name": name}


@router.put("/favourites")
def favourite(name: str, known: bool):
    if known:
        return {"success": False, "message": "Already a favourite", "name": name}
    return {"success": False, "message": "no such name"}  # AUD612
