from django.contrib import admin

from shop.models import Book, Filed


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    actions = ["sell", "close", "close_some", "reopen", "archive"]

    def sell(self, request, queryset):
        for book in queryset:
            book.sold = True
            book.save()  # AUD408
        self.message_user(request, "sold")

    def close(self, request, queryset):
        count = 0
        for book in queryset.filter(sold=False):
            book.close()  # AUD408
            count += 1
        self.message_user(request, f"{count} closed")

    def close_some(self, request, queryset):
        for book in queryset:
            if not book.sold:
                book.close()  # AUD408

    def reopen(self, request, queryset):
        queryset.update(sold=False)

    def archive(self, request, queryset):
        for book in queryset:
            book.archive()


@admin.register(Filed)
class FiledAdmin(admin.ModelAdmin):
    actions = ["rename"]

    def rename(self, request, queryset):
        for filed in queryset:
            filed.name = filed.name.lower()
            filed.save()
