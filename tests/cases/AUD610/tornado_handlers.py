"""Handlers of Tornado: their arguments and uploads."""

import os
from pathlib import Path

import tornado.web

FILES = Path("files")


class Files(tornado.web.RequestHandler):
    def get(self):
        name = self.get_argument("name")
        self.write((FILES / name).read_bytes())  # AUD610

    def delete(self):
        os.remove(os.path.join("files", self.get_query_argument("name", "")))  # AUD610

    def post(self):
        upload = self.request.files["file"][0]
        with open(os.path.join("files", upload["filename"]), "wb") as out:  # AUD610
            out.write(upload["body"])


class Checked(tornado.web.RequestHandler):
    def get(self):
        name = self.get_argument("name")
        path = (FILES / name).resolve()
        if not path.is_relative_to(FILES):
            raise tornado.web.HTTPError(404)
        self.write(path.read_bytes())

    def post(self):
        upload = self.request.files["file"][0]
        with open(os.path.join("files", os.path.basename(upload["filename"])), "wb") as out:
            out.write(upload["body"])


class Settings:
    def get_argument(self, name):
        return name

    def read(self):
        return (FILES / self.get_argument("name")).read_bytes()
