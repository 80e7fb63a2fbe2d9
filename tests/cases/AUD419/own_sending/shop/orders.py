from django.db import transaction
from shop.app import app


@app.task
def send_receipt(order): ...


@transaction.atomic
def place(order):
    order.save()
    send_receipt.delay(order.pk)
