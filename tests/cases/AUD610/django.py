import os

from django.http import HttpResponse
from rest_framework.response import Response
from rest_framework.views import APIView


def show(request):
    with open(os.path.join("/srv/reports", request.GET["name"])) as file:  # AUD610
        return HttpResponse(file.read())


def checked(request):
    name = os.path.basename(request.GET["name"])
    with open(os.path.join("/srv/reports", name)) as file:
        return HttpResponse(file.read())


class Reports(APIView):
    def post(self, request):
        with open(os.path.join("/srv/reports", request.data["name"])) as file:  # AUD610
            return Response(file.read())


def no_view(request):
    with open(os.path.join("/srv/reports", request.GET["name"])) as file:
        return file.read()
