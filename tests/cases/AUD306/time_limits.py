"""A worker's time limit strikes at any call."""

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded

from shop.models import load_order


@shared_task(soft_time_limit=60)
def send(order_id):
    try:
        order = load_order(order_id)
        order.send()
    except SoftTimeLimitExceeded:
        order.status = "failed"  # AUD306
        order.save()


@shared_task(soft_time_limit=60)
def send_known(order_id):
    order = load_order(order_id)
    try:
        order.send()
    except SoftTimeLimitExceeded:
        order.status = "failed"
        order.save()


@shared_task(soft_time_limit=60)
def count(orders):
    try:
        total = len(orders)
        orders.send()
    except SoftTimeLimitExceeded:
        print(total)
