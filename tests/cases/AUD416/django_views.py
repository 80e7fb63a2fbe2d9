"""Views of Django that test a state, set it and save."""

from django.core.handlers.wsgi import WSGIRequest
from django.db.models import F
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from shop.models import Order


def cancel(request: HttpRequest, number):
    order = get_object_or_404(Order, number=number)
    if order.status != "open":
        return JsonResponse({"error": "too late"}, status=409)
    order.status = "cancelled"  # AUD416
    order.save(update_fields=["status"])
    return JsonResponse({})


def cancel_locked(request: HttpRequest, number):
    order = Order.objects.select_for_update().get(number=number)
    if order.status != "open":
        return JsonResponse({"error": "too late"}, status=409)
    order.status = "cancelled"
    order.save()
    return JsonResponse({})


def close(request: HttpRequest, number):
    order = Order.objects.get(number=number)
    order.status = "closed"
    order.save()
    return JsonResponse({})


def cancel_by_hand(number):
    order = Order.objects.get(number=number)
    if order.status != "open":
        return
    order.status = "cancelled"  # AUD416
    order.save()


def cancel_by_lock(number):
    order = get_object_or_404(Order.objects.select_for_update(), number=number)
    if order.status != "open":
        return
    order.status = "cancelled"
    order.save()


def imported(number, title):
    order = Order.objects.get(number=number)
    order.title = title
    if order.status == "closed":
        order.status = "open"
    order.save()


def sync_orders():
    for order in Order.objects.filter(status="open"):
        order.status = "sent"
        order.save()


def found_again(code):
    order, created = Order.objects.get_or_create(code=code)
    if order.status == "gone":
        raise ValueError(code)
    order.status = "open"
    order.save()


def open_again(number):
    order = Order.objects.get(number=number)
    if order.status != "expired":
        raise ValueError(number)
    order.status = "open"
    order.save()


def not_saved_behind(number):
    order = Order.objects.get(number=number)
    order.save()
    if order.status != "open":
        raise ValueError(number)
    order.status = "shown"
    return order


def pause_or_go_on(request: HttpRequest, number):
    order = Order.objects.get(number=number)
    if order.status == "open":
        order.status = "paused"
    else:
        order.status = "open"
    order.save()
    return JsonResponse({})


def deliver(request: WSGIRequest, number):
    order = Order.objects.get(number=number)
    if order.status == "ready":
        order.status = "delivered"  # AUD416
        order.save()
    return JsonResponse({})


def requeue(number):
    if not Order.objects.filter(number=number).update(attempts=F("attempts")):
        raise ValueError(number)
    order = Order.objects.get(number=number)
    if order.status != "failed":
        raise ValueError(number)
    order.status = "pending"
    order.save()
