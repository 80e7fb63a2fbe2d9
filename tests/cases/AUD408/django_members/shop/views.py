from datetime import date, timedelta

from django.http import JsonResponse
from rest_framework import generics, viewsets

from shop.models import Author, Book
from shop.serializers import AuthorSerializer, BookSerializer, ShoutedSerializer, WholeSerializer


class Authors(viewsets.ModelViewSet):
    queryset = Author.objects.all()  # AUD408
    serializer_class = AuthorSerializer


class ShoutedAuthors(viewsets.ModelViewSet):
    queryset = Author.objects.all()
    serializer_class = ShoutedSerializer


class Books(generics.ListAPIView):
    serializer_class = BookSerializer

    def get_queryset(self):
        return Book.objects.filter(shelf__name=self.request.GET["shelf"])  # AUD408


class JoinedBooks(generics.ListAPIView):
    queryset = Book.objects.select_related("author")
    serializer_class = BookSerializer


class WholeBooks(generics.ListAPIView):
    queryset = Book.objects.all()  # AUD408
    serializer_class = WholeSerializer


def numbers(request):
    return JsonResponse({"of": [one.number for one in Author.objects.all()]})  # AUD408


def last_books(request):
    found = []
    authors = Author.objects.order_by("name")[:50]
    for author in authors:
        found.append({"name": author.shouted, "book": author.last_book()})  # AUD408
    return JsonResponse({"of": found})


def of_a_few(request):
    return JsonResponse({"of": [one.number for one in Author.objects.order_by("name")[:3]]})


def by_day(request, days):
    found = []
    for number in range(days):
        day = date.today() - timedelta(days=number)
        found.append(Book.objects.filter(sold_on=day).count())  # AUD408
    return JsonResponse({"of": found})


def until_today(request):
    found = {}
    day = date(2024, 1, 1)
    while day <= date.today():
        found[day] = Book.objects.filter(sold_on=day).count()  # AUD408
        day += timedelta(days=1)
    return JsonResponse({"of": found})


def of_a_week(request):
    days = [date.today() - timedelta(days=number) for number in range(7)]
    found = []
    for number in range(7):
        day = date.today() - timedelta(days=number)
        found.append(Book.objects.filter(sold_on=day).count())
    return JsonResponse({"of": found, "days": days})


def once(request):
    counted = Book.objects.values_list("sold_on").count()
    return JsonResponse({"of": [(date.today() - timedelta(days=one), counted) for one in range(30)]})
