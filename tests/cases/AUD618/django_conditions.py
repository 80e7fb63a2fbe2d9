"""Queries of Django whose conditions and values a request names."""

from django.http import JsonResponse
from rest_framework.decorators import api_view
from rest_framework.response import Response
from shop.models import Order

FIELDS = {"number", "state"}


def by_field(request):
    field = request.GET.get("field")
    found = Order.objects.filter(**{field: request.GET.get("value")})  # AUD618
    return JsonResponse({"ids": [one.pk for one in found]})


def by_part(request):
    field = request.GET["field"]
    found = Order.objects.filter(**{f"{field}__icontains": request.GET["value"]})  # AUD618
    return JsonResponse({"ids": [one.pk for one in found]})


def by_known_field(request):
    field = request.GET.get("field")
    if field not in FIELDS:
        return JsonResponse({"error": "no such field"}, status=400)
    found = Order.objects.filter(**{field: request.GET.get("value")})
    return JsonResponse({"ids": [one.pk for one in found]})


def by_key(request):
    found = Order.objects.filter(**{"state": request.GET.get("state")})
    return JsonResponse({"ids": [one.pk for one in found]})


def by_all(request):
    found = Order.objects.filter(**request.GET.dict())  # AUD618
    return JsonResponse({"ids": [one.pk for one in found]})


@api_view(["POST"])
def create(request):
    order = Order.objects.create(**request.data)  # AUD618
    return Response({"id": order.pk})


@api_view(["PATCH"])
def change(request, pk):
    data = request.data
    Order.objects.filter(pk=pk).update(**data)  # AUD618
    return Response({})


@api_view(["PATCH"])
def change_some(request, pk):
    data = request.data
    data.pop("owner", None)
    Order.objects.filter(pk=pk).update(**data)
    return Response({})


@api_view(["POST"])
def notify(request):
    return Response(notice(**request.data))


def notice(text=""):
    return {"text": text}
