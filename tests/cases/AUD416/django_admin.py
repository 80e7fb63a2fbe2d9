"""Actions of Django's admin that test and set a state of the rows that were selected."""

from django.contrib import admin

from shop.models import Order


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    @admin.action(description="send")
    def send(self, request, queryset):
        for order in queryset:
            if order.status != "paid":
                continue
            order.status = "sent"  # AUD416
            order.save()

    @admin.action(description="send those that are paid")
    def send_paid(self, request, queryset):
        for order in queryset.filter(status="paid"):
            if order.status == "paid":
                order.status = "sent"  # AUD416
                order.save()

    @admin.action(description="send under a lock")
    def send_locked(self, request, queryset):
        for order in queryset.select_for_update():
            if order.status == "paid":
                order.status = "sent"
                order.save()

    @admin.action(description="send in the database")
    def send_at_once(self, request, queryset):
        queryset.filter(status="paid").update(status="sent")

    def rename(self, request, queryset):
        for order in queryset:
            order.name = order.name.strip()
            order.save()


def by_whoever_calls(queryset):
    for order in queryset:
        if order.status == "paid":
            order.status = "sent"
            order.save()
