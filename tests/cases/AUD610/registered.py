from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse


class Media:
    def __init__(self, app: FastAPI, folder: Path):
        self.folder = folder
        app.add_api_route("/media", self.show, methods=["GET"])
        app.add_api_route("/media/{name}", self.show_segment, methods=["GET"])

    def show(self, name: str):
        return FileResponse(self.folder / name)  # AUD610

    def show_segment(self, name: str):
        return FileResponse(self.folder / name)

    def not_a_route(self, name: str):
        return FileResponse(self.folder / name)
