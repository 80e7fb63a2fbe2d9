# file: direct.py
from celery import Celery
from kombu import Exchange, Queue

app = Celery("shop")
# A direct exchange, the default, and publishes by the queue's name.
app.conf.task_queues = (Queue("mails"), Queue("stock"))

def send(task):
    task.apply_async(queue="mails")

# file: explicit/app.py
from celery import Celery
from kombu import Exchange, Queue

exchange = Exchange("shop", type="topic")
app = Celery("shop")
app.conf.task_queues = (
    Queue("mails", exchange, routing_key="mails.#"),
    Queue("stock", exchange=exchange, routing_key="stock.#"),
    Queue("one"),
)
