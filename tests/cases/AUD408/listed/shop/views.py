from rest_framework import generics, viewsets

from shop.models import Author, Book
from shop.serializers import (
    AuthorDetailSerializer,
    AuthorListSerializer,
    AuthorSerializer,
    BookSerializer,
    LatestBookSerializer,
    ShelfSerializer,
)


class BookViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.prefetch_related("pages__notes")
    serializer_class = BookSerializer


class AuthorView(generics.RetrieveUpdateAPIView):
    queryset = Author.objects.all()
    serializer_class = AuthorSerializer


class AuthorViewSet(viewsets.ModelViewSet):
    queryset = Author.objects.all()
    serializer_class = AuthorDetailSerializer

    def get_serializer_class(self):
        if self.action == "list":
            return AuthorListSerializer
        return super().get_serializer_class()


class LatestViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.order_by("-added")[:5]
    serializer_class = LatestBookSerializer


class ShelfViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.order_by("-added")
    serializer_class = ShelfSerializer

    def some(self):
        return LatestBookSerializer(Book.objects.all()[:3], many=True).data
