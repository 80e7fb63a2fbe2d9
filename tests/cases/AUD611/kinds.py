import json

from fastapi import APIRouter, HTTPException, Request
from shop import check_order, count_of, decode

router = APIRouter()


@router.post("/a")
def numbers(body: dict):
    count = int(body.get("count", 1))  # AUD611
    price = float(body.get("price", 0.0))
    return count, price


@router.post("/b")
def numbers_or(body: dict):
    return int(body.get("count") or 0)  # AUD611


@router.post("/c")
def texts(body: dict):
    if "name" in body and body["name"].strip():  # AUD611
        return body["name"]
    return None


@router.post("/d")
async def no_object(request: Request):
    body = await request.json()
    return body.get("name")  # AUD611


@router.post("/e")
async def no_object_of_bytes(request: Request):
    data = await request.body()
    try:
        body = json.loads(data)
    except json.JSONDecodeError:
        raise HTTPException(400)
    return body.get("name")  # AUD611


@router.post("/f")
def only_an_object(body: dict):
    if not isinstance(body, dict):
        raise HTTPException(400)
    return body["name"]  # AUD611


@router.post("/f/known")
def is_known(body: dict, known: list):
    if body["name"] in known:  # AUD611
        raise HTTPException(409)
    return body["name"]


@router.post("/f/each")
def of_each(body: dict):
    return [str(one) for one in body["names"]]  # AUD611


# -- silent ------------------------------------------------------------------------------------------------


@router.post("/g")
def objects_only(body: dict):
    return body.get("name")


@router.post("/h")
def caught(body: dict):
    try:
        return int(body.get("count", 1))
    except ValueError:
        raise HTTPException(400)


@router.post("/i")
def asked(body: dict):
    if not isinstance(body.get("count"), int):
        raise HTTPException(400)
    return int(body.get("count", 1))


@router.post("/j")
async def asked_of_the_body(request: Request):
    body = await request.json()  # AUD611
    if not isinstance(body, dict):
        raise HTTPException(400)
    return body.get("name")


@router.post("/k")
def checked(body: dict):
    check_order(body)
    return int(body.get("count", 1))


@router.post("/l")
def by_a_function(body: dict):
    return count_of(body.get("count", 1)), str(body.get("name")).strip()


@router.post("/m/webhook")
async def of_a_machine(request: Request):
    body = await request.json()
    return body.get("name")


@router.post("/n")
async def caught_all(request: Request):
    try:
        body = await request.json()
        return body.get("name")
    except Exception:
        raise HTTPException(400)


@router.post("/o")
async def decoded(request: Request):
    body = decode(await request.body())
    return body.get("name")


@router.post("/asked-by-name")
async def asked_by_name(request: Request):
    body = await request.json()  # AUD611
    if not is_json_object(body):
        return {"error": "an object is expected"}
    return body.get("item")
