from fastapi import FastAPI, UploadFile


class Service:
    def __init__(self, app: FastAPI):
        self.app = app
        self.app.add_api_route("/images", self.store, methods=["POST"])

    def store(self, file: UploadFile):
        return len(file.file.read())  # AUD604

    def count(self, file: UploadFile):
        return len(file.file.read())
