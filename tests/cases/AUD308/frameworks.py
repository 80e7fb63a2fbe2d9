"""Answers of several frameworks."""

import json

import socketio
from channels.generic.websocket import AsyncWebsocketConsumer
from fastapi import FastAPI, WebSocket
from flask_restful import abort
from flask_restx import Namespace, Resource
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.views import APIView

space = Namespace("orders")
events = socketio.AsyncServer()
app = FastAPI()


class Orders(Resource):
    def get(self):
        try:
            return load_orders()
        except Exception as error:
            space.abort(500, str(error))  # AUD308

    def post(self):
        try:
            return save_order()
        except Exception as error:
            return {"message": str(error)}, 500  # AUD308

    def put(self):
        try:
            return change_order()
        except Exception as error:
            abort(500, message=str(error))  # AUD308


class Invoices(APIView):
    def get(self, request):
        try:
            return load_invoices()
        except Exception as error:
            raise APIException(str(error))  # AUD308

    def post(self, request):
        try:
            return parse_invoice(request.data)
        except Exception as error:
            raise ValidationError(str(error))

    def put(self, request):
        try:
            return change_invoice(request.data)
        except Exception:
            raise APIException("the invoice cannot be changed")


class ColourField:
    def to_internal_value(self, data):
        try:
            return self.model_field.to_python(data)
        except Exception as error:
            raise ValidationError(f"no colour: {error}")


class Chat(AsyncWebsocketConsumer):
    async def receive(self, text_data):
        try:
            await self.answer(text_data)
        except Exception as error:
            await self.send(text_data=json.dumps({"error": str(error)}))  # AUD308


@events.on("order")
async def order(sid, data):
    try:
        await save_order(data)
    except Exception as error:
        await events.emit("failed", {"error": str(error)}, to=sid)  # AUD308


@app.websocket("/orders")
async def orders(socket: WebSocket):
    try:
        await follow_orders(socket)
    except Exception as error:
        await socket.close(code=1011, reason=str(error))  # AUD308


@app.websocket("/invoices")
async def invoices(socket: WebSocket):
    try:
        await follow_invoices(socket)
    except Exception:
        await socket.close(code=1011, reason="internal error")
