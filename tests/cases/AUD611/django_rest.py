import json

from django.http import HttpRequest, JsonResponse
from rest_framework import viewsets
from rest_framework.decorators import action, api_view
from rest_framework.response import Response
from rest_framework.views import APIView

from shop.serializers import OrderSerializer


class Orders(APIView):
    def post(self, request):
        return Response({"name": request.data["name"]})  # AUD611

    def delete(self, request):
        self.forget(request.data.pop("ids"))  # AUD611
        return Response(status=204)

    def head(self, request):
        first = request.data["first"]  # AUD611
        return Response({"first": first, "last": request.data.pop("last")})

    def put(self, request):
        serializer = OrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response({"name": request.data["name"]})

    def patch(self, request):
        if "name" not in request.data:
            return Response(status=400)
        return Response({"name": request.data["name"]})

    def forget(self, request):
        return request.data["ids"]


class Books(viewsets.ModelViewSet):
    serializer_class = OrderSerializer

    def create(self, request):
        created = super().create(request)
        self.tell(request.data["name"])
        return created

    @action(detail=True, methods=["post"])
    def publish(self, request, pk=None):
        return Response({"at": self.request.data["at"]})  # AUD611


@api_view(["POST"])
def upload(request):
    return Response({"size": len(request.data["file"])})


@api_view(["POST"])
def rename(request):
    try:
        return Response({"name": request.data["name"]})
    except KeyError:
        return Response(status=400)


def decoded(request: HttpRequest):
    data = json.loads(request.body.decode("utf-8"))
    return JsonResponse({"name": data["name"]})  # AUD611
