from celery import Celery
from kombu.serialization import register
from starlette.requests import Request

register("requests", repr, str, "application/x-request", "utf-8")
app = Celery("shop")
app.conf.task_serializer = "requests"

@app.task
def pack(request):
    return request

def send(request: Request):
    pack.delay(request)
