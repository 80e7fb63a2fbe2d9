# file: shop/__init__.py

# file: shop/tasks.py
from shop.application import app

for kind in ("a", "b"):
    @app.task(name=f"shop.tasks.{kind}")
    def work():
        return None

# file: shop/plain.py
from shop.application import app

@app.task
def pack():
    return None

# file: shop/application.py
from celery import Celery

app = Celery("shop")

# file: shop/web.py
from shop.application import app

def finish():
    app.send_task("shop.tasks.a")
    app.send_task("shop.tasks.c")
    app.send_task("shop.other.c")
    app.send_task("shop.plain.pakc")  # AUD511
