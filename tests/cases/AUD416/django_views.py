"""Views of Django that test a state, set it and save."""

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
    order.status = "cancelled"
    order.save()


def pause_or_go_on(request: HttpRequest, number):
    order = Order.objects.get(number=number)
    if order.status == "open":
        order.status = "paused"
    else:
        order.status = "open"
    order.save()
    return JsonResponse({})
