from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView


class Orders(APIView):
    def get(self, request):
        try:
            return Response(self.found(request))
        except Exception as error:
            return Response({"error": str(error)}, status=status.HTTP_500_INTERNAL_SERVER_ERROR)  # AUD308

    def post(self, request):
        try:
            return Response(self.made(request))
        except Exception:
            return Response({"error": "failed"}, status=status.HTTP_500_INTERNAL_SERVER_ERROR)
