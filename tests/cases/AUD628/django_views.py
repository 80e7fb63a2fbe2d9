"""Views of Django that look up what their URL or their form names."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views import View
from django.views.generic import CreateView
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet
from shop.forms import OrderForm
from shop.models import Order, Profile


def order(request, pk):
    row = Order.objects.get(pk=pk)  # AUD628
    return JsonResponse({"total": row.total})


@api_view(["POST"])
def close(request):
    row = Order.objects.select_related("user").get(pk=int(request.data["order"]))  # AUD628
    row.close()
    return Response({})


def first(request, name):
    return HttpResponse(Order.objects.filter(name=name).first().text)  # AUD628


def caught(request, pk):
    try:
        row = Order.objects.get(pk=pk)
    except Order.DoesNotExist:
        raise Http404 from None
    return JsonResponse({"total": row.total})


def asked(request, pk):
    if not Order.objects.filter(pk=pk).exists():
        raise Http404
    return JsonResponse({"total": Order.objects.get(pk=pk).total})


def own(request):
    return JsonResponse({"name": Profile.objects.get(user=request.user).name})


def checked(request):
    form = OrderForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    return JsonResponse({"total": Order.objects.get(pk=request.POST["order"]).total})


def two(request, pk):
    row = get_object_or_404(Order, pk=pk)
    again = Order.objects.get(pk=pk)
    return JsonResponse({"same": row == again})


class OrderView(View):
    def get(self, request, *args, **kwargs):
        return JsonResponse({"total": Order.objects.get(pk=self.kwargs["pk"]).total})  # AUD628

    def post(self, request, pk, force=True):
        row = Order.objects.get(pk=pk, force=force)  # AUD628
        return JsonResponse({"total": row.total})


class Orders(ViewSet):
    def retrieve(self, request, pk=None):
        return Response(Order.objects.get(pk=self.kwargs.get("pk")).total)  # AUD628


class OrderForm(CreateView):
    def form_valid(self, form):
        form.instance.order = Order.objects.get(pk=self.kwargs["pk"])  # AUD628
        return super().form_valid(form)

    def get_queryset(self):
        order = get_object_or_404(Order, pk=self.kwargs["pk"])
        return order.lines.all()

    def find(self):
        return Order.objects.get(pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        named = self.request.GET.get("order")
        found = Order.objects.filter(pk=named).first()
        if found is None:
            raise Http404
        return {"order": found.total, **kwargs}
