import json
from http.server import BaseHTTPRequestHandler

import tornado.web
import tornado.websocket
from jupyter_server.base.handlers import APIHandler


class Socket(tornado.websocket.WebSocketHandler):
    async def on_message(self, message):
        try:
            await self.act(message)
        except Exception as error:
            answer = {"message": str(error)}
            await self.send(json.dumps(answer))  # AUD308

    async def send(self, text):
        try:
            await self.write_message(text)
        except tornado.websocket.WebSocketClosedError:
            return


class Notebook(APIHandler):
    async def get(self, name):
        try:
            model = await self.load(name)
        except Exception as error:
            raise tornado.web.HTTPError(404, reason=str(error)) from error  # AUD308
        self.finish(json.dumps(model))

    async def put(self, name):
        try:
            await self.load(name)
        except Exception as error:
            raise tornado.web.HTTPError(500, f"what goes into the log: {error}") from error

    async def post(self, name):
        try:
            await self.load(name)
        except Exception as error:
            self.finish(f"failed: {error}")  # AUD308


class Plain(BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            self.answer(200, self.look(self.path))
        except Exception as error:
            self.answer(500, {"error": str(error)})  # AUD308

    def do_POST(self):
        try:
            self.answer(200, self.look(self.path))
        except Exception as error:
            with open("errors.txt", "a") as file:
                file.write(str(error))
            self.answer(500, {"error": "failed"})

    def answer(self, status, content):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)


class Report:
    def __init__(self, file):
        self.file = file

    def make(self, work):
        try:
            work()
        except Exception as error:
            self.write(str(error))

    def write(self, text):
        self.file.write(text)
