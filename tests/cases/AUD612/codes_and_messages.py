from django.http import JsonResponse
from fastapi import APIRouter
from rest_framework.decorators import api_view
from rest_framework.response import Response

router = APIRouter()
ORDERS = {1: "open"}


@router.get("/codes/{number}")
async def code(number: int):
    if number not in ORDERS:
        return {"code": 404, "msg": "no such order"}  # AUD612
    return {"code": 200, "data": ORDERS[number]}


@router.get("/errors/{number}")
async def code_of_error(number: int):
    return {"code": 404, "count": number}


@router.get("/messages/{number}")
async def message(number: int):
    if number not in ORDERS:
        return {"message": "Order not found"}  # AUD612
    return {"message": "Order found"}


@router.get("/logs/{number}")
async def log(number: int):
    return {"message": "Error handling is described in the manual", "number": number}


@router.get("/explicit/{number}")
async def explicit(number: int):
    if number not in ORDERS:
        return {"error": "no such order"}, 200
    return ORDERS[number]


def order(request):
    form = request.form
    if not form.is_valid():
        return JsonResponse({"success": False, "errors": form.errors})  # AUD612
    return JsonResponse({"success": True})


def query(request):
    return JsonResponse({"errors": [{"message": "no such field"}], "data": None})


@api_view(["POST"])
def add(request, make_serializer):
    serializer = make_serializer(request.data)
    if not serializer.is_valid():
        return Response(serializer.errors)  # AUD612
    return Response(serializer.data)


@api_view(["GET"])
def failures(request, report):
    return Response(report.errors)


@router.get("/set-up/{number}")
async def of_set_up(number: int):
    if number not in ORDERS:
        return {"code": 401, "msg": "set it up first", "data": {"need_config": True}}
    return {"code": 200, "data": ORDERS[number]}
