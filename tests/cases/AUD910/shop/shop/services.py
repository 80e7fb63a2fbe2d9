"""Services, some of whose methods nobody calls."""

import abc


class OrderService:
    def place(self, order):
        return self.check(order)

    def check(self, order):
        return bool(order)

    def cancel(self, order):  # AUD910
        return None

    def by_name(self, order):
        return order

    @property
    def size(self):
        return 0

    def _own(self):
        return None


class ReportRepository(abc.ABC):
    def newest(self):
        return None


class Order:
    def unused_but_no_service(self):
        return None


class PaperStore:
    def archive(self, order):
        return order


class DiskStore:
    def archive(self, order):
        return order
