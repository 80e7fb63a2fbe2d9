"""Plain methods that a library calls on the event loop, and others that it does not call there."""

import asyncio

import requests
import tornado.web
from django.views import View
from tornado.concurrent import run_on_executor


class BaseHandler(tornado.web.RequestHandler):
    def prepare(self):
        self.user = requests.get("https://example.com/user", timeout=5).json()  # AUD102


class Weather(BaseHandler):
    @tornado.web.authenticated
    def get(self, city):
        self.write(self.read(city))  # AUD102

    @run_on_executor
    def post(self, city):
        self.write(self.read(city))

    def read(self, city):
        return requests.get(f"https://example.com/{city}", timeout=5).text


class Lines(asyncio.Protocol):
    def data_received(self, data):
        requests.post("https://example.com/lines", data=data, timeout=5)  # AUD102

    def close(self):
        requests.post("https://example.com/end", timeout=5)


class Page(View):
    def get(self, request):
        return requests.get("https://example.com/page", timeout=5).text
