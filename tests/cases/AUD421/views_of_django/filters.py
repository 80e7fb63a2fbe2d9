from rest_framework import filters


class Newest(filters.BaseFilterBackend):
    def filter_queryset(self, request, queryset, view):
        return queryset.order_by("-pk")


class Own(filters.BaseFilterBackend):
    def filter_queryset(self, request, queryset, view):
        return queryset.filter(owner=request.user)
