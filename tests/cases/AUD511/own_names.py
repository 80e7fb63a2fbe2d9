# file: shop/__init__.py

# file: shop/application.py
from celery import Celery

class OurCelery(Celery):
    def gen_task_name(self, name, module):
        return f"our.{name}"

app = OurCelery("shop")

# file: shop/tasks.py
from shop.application import app

@app.task
def pack():
    return None

# file: shop/web.py
from shop.application import app

def finish():
    app.send_task("our.pack")
    app.send_task("shop.tasks.unpack")
