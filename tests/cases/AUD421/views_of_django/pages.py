from rest_framework.pagination import CursorPagination, PageNumberPagination


class Large(PageNumberPagination):
    page_size = 500


class Steady(CursorPagination):
    page_size = 50
