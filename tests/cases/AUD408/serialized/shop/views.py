from rest_framework import generics, viewsets
from rest_framework.response import Response
from rest_framework.views import APIView

from shop.models import Author, Book, BookKind, FullBook, SoldBook
from shop.serializers import (
    AllSerializer,
    BooksSerializer,
    InheritingSerializer,
    KeysSerializer,
    MethodSerializer,
    NamedSerializer,
    NestedSerializer,
    SometimesSerializer,
)


class NamedViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()  # AUD408
    serializer_class = NamedSerializer


class NestedViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Book.objects.all()
    serializer_class = InheritingSerializer

    def get_queryset(self):
        if self.request.user.is_anonymous:
            return Book.objects.none()
        books = Book.objects.filter(title__startswith="A")  # AUD408
        if self.request.GET.get("of"):
            books = books.filter(author=self.request.GET["of"])
        return books


class MethodList(generics.ListAPIView):
    queryset = Book.objects.order_by("title")  # AUD408
    serializer_class = MethodSerializer

    def get_queryset(self):
        return super().get_queryset().exclude(title="")


class TagsList(generics.ListCreateAPIView):
    queryset = Book.objects.order_by("title")  # AUD408
    serializer_class = AllSerializer


class AuthorList(generics.ListAPIView):
    queryset = Author.objects.all()  # AUD408
    serializer_class = BooksSerializer


class SoldList(generics.ListAPIView):
    queryset = SoldBook.objects.all()  # AUD408
    serializer_class = NestedSerializer


class BookOfDay(APIView):
    def get(self, request):
        books = Book.objects.filter(sold=True)  # AUD408
        return Response({"books": NamedSerializer(books, many=True).data})


class LoadedOfDay(APIView):
    def get(self, request):
        books = Book.objects.filter(sold=True).select_related("author")
        return Response({"books": NamedSerializer(books, many=True).data})


class LoadedViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.select_related("author")
    serializer_class = NamedSerializer


class LoadingMixin:
    def get_queryset(self):
        return super().get_queryset().select_related("author")


class MixedViewSet(LoadingMixin, viewsets.ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = NamedSerializer


class OneBook(generics.RetrieveAPIView):
    queryset = Book.objects.all()
    serializer_class = NamedSerializer


class KeysViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = KeysSerializer


class SometimesViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = SometimesSerializer


class FullViewSet(viewsets.ModelViewSet):
    queryset = FullBook.objects.all()
    serializer_class = NestedSerializer


class KindViewSet(viewsets.ModelViewSet):
    # A handful of rows.
    queryset = BookKind.objects.all()
    serializer_class = NestedSerializer


class ChosenViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = NestedSerializer

    def get_serializer_class(self):
        return KeysSerializer if self.action == "list" else NestedSerializer


class OwnListViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = NestedSerializer

    def list(self, request):
        return Response([])
