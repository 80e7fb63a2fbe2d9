from django.db import transaction
from shop.models import Order
from shop.states import note, note_at_once


def write(key):
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=key)
        settle(order)
        note_at_once(order)


def settle(order):
    note(order)


def look(key):
    note_at_once(Order.objects.get(pk=key))
