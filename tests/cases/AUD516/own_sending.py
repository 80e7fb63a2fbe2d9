from celery import Celery, Task
from starlette.requests import Request

class Sent(Task):
    def apply_async(self, args=None, kwargs=None, **options):
        return super().apply_async([str(one.url) for one in args], kwargs, **options)

app = Celery("shop", task_cls=Sent)

@app.task
def pack(url):
    return url

def send(request: Request):
    pack.delay(request)
