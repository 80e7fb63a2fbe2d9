"""Answers that carry the status of a failure in their body."""

from django.http import JsonResponse
from django.views import View
from django.views.generic import FormView


class OrderView(View):
    def get(self, request, number):
        if not number:
            return JsonResponse({"code": 404, "msg": "no such order"})  # AUD612
        if number == 1:
            return JsonResponse({"code": 400, "msg": "wrong"}, status=400)
        return JsonResponse({"code": 200, "msg": "fine"})


class ScoreView(View):
    def get(self, request):
        return JsonResponse({"code": 404, "name": "area"})


class OrderForm(FormView):
    def post(self, request):
        if not request.POST:
            return JsonResponse({"code": 400, "msg": "no form"})  # AUD612
        return JsonResponse({"code": 200, "msg": "fine"})
