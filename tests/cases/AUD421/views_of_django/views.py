from django.views.generic import DetailView, ListView
from other_library.views import UnknownMixin
from rest_framework import filters as drf_filters
from rest_framework import generics, mixins, viewsets

from filters import Newest, Own
from models import Entry, Letter, Note, Plain, Task
from pages import Large, Steady


class OwnMixin:
    def get_queryset(self):
        rows = super().get_queryset()
        if self.request.user.is_staff:
            return rows
        return rows.filter(owner=self.request.user)


class Notes(viewsets.ModelViewSet):
    queryset = Note.objects.all()  # AUD421


class OwnNotes(OwnMixin, viewsets.ReadOnlyModelViewSet):
    queryset = Note.objects.select_related("owner")  # AUD421
    filter_backends = [Own, drf_filters.OrderingFilter]


class LargeNotes(generics.ListAPIView):
    pagination_class = Large

    def get_queryset(self):
        rows = Note.objects.filter(owner=self.request.user)  # AUD421
        return rows.prefetch_related("labels")


class Plains(mixins.ListModelMixin, viewsets.GenericViewSet):
    queryset = Plain.objects.none()

    def get_queryset(self):
        return Plain.objects.filter(owner=self.request.user)  # AUD421


class Pages(ListView):
    model = Note  # AUD421
    paginate_by = 20


# -- one way or another there is an order, or there are no pages -------------------------------------------


class Entries(viewsets.ModelViewSet):
    queryset = Entry.objects.all()


class Letters(viewsets.ModelViewSet):
    queryset = Letter.objects.all()


class Tasks(viewsets.ModelViewSet):
    queryset = Task.objects.all()


class Ordered(viewsets.ModelViewSet):
    queryset = Note.objects.order_by("pk")


class OrderedByMethod(viewsets.ModelViewSet):
    queryset = Note.objects.all()

    def get_queryset(self):
        return super().get_queryset().order_by("pk")


class OrderedByAttribute(viewsets.ModelViewSet):
    queryset = Note.objects.all()
    filter_backends = [drf_filters.OrderingFilter]
    ordering = ["pk"]


class OrderedByFilter(viewsets.ModelViewSet):
    queryset = Note.objects.all()
    filter_backends = [Newest]


class SteadyNotes(viewsets.ModelViewSet):
    queryset = Note.objects.all()
    pagination_class = Steady


class AllNotes(viewsets.ModelViewSet):
    queryset = Note.objects.all()
    pagination_class = None


class OneNote(generics.RetrieveAPIView):
    queryset = Note.objects.all()


class NotePage(DetailView):
    model = Note


class AllPages(ListView):
    model = Note


class Helped(viewsets.ModelViewSet):
    queryset = Note.objects.all()

    def get_queryset(self):
        return rows_for(self.request.user)


class Special(viewsets.ModelViewSet):
    queryset = Note.objects.in_order()


class Own2(viewsets.ModelViewSet):
    queryset = Note.objects.all()

    def list(self, request):
        return []


class Foreign(UnknownMixin, viewsets.ModelViewSet):
    queryset = Note.objects.all()


def rows_for(user):
    return Note.objects.filter(owner=user)
