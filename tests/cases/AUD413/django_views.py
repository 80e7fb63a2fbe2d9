"""Views of Django and of REST framework that answer with whole tables."""

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import render
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.views import APIView
from shop.models import Category, Order
from shop.serializers import OrderSerializer


class Orders(APIView):
    def get(self, request):
        orders = Order.objects.all().order_by("-created")  # AUD413
        return Response(OrderSerializer(orders, many=True).data)

    def post(self, request):
        return Response(OrderSerializer(Order.objects.all(), many=True).data)


class Paged(APIView):
    def get(self, request):
        orders = self.paginate_queryset(Order.objects.all())
        return Response(OrderSerializer(orders, many=True).data)


@api_view(["GET"])
def values(request):
    return Response(list(Order.objects.values("id", "total")))  # AUD413


@api_view(["POST"])
def found(request):
    return Response(list(Order.objects.values("id", "total")))


def listed(request):
    orders = Order.objects.select_related("customer")  # AUD413
    found = [{"id": one.pk, "customer": one.customer.name} for one in orders]
    return JsonResponse({"orders": found})


def of_user(request):
    orders = Order.objects.filter(user=request.user)
    return JsonResponse({"orders": [one.pk for one in orders]})


def first_ones(request):
    return JsonResponse({"orders": [one.pk for one in Order.objects.all()[:20]]})


def narrowed(request):
    orders = Order.objects.all()
    if "user" in request.GET:
        orders = orders.filter(user=request.GET["user"])
    return JsonResponse({"orders": [one.pk for one in orders]})


def in_pages(request):
    pages = Paginator(Order.objects.all(), 20)
    return JsonResponse({"orders": [one.pk for one in pages.page(1)]})


def of_handful(request):
    return JsonResponse({"categories": [one.name for one in Category.objects.all()]})


def looked_up(request):
    orders = {one.pk: one for one in Order.objects.all()}
    return JsonResponse({"total": sum(one.total for one in orders.values())})


def shown(request):
    return render(request, "orders.html", {"orders": Order.objects.all()})
