"""Columns of the list of Django's admin, each of which is asked for with each row."""

from django.contrib import admin
from shop.admin import ShopAdmin
from shop.models import Author, Book, Sale


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    list_display = ("name", "books", "sold", "last_title", "shown", "of_shelf")

    @admin.display(description="Books")
    def books(self, obj):
        return obj.books.count()  # AUD408

    def sold(self, author):
        return Sale.objects.filter(book__author=author).count()  # AUD408

    def last_title(self, obj):
        found = Book.objects.filter(author=obj).order_by("-id")  # AUD408
        return found.first().title if found.exists() else ""

    def shown(self, obj):
        return obj.name.title()

    def of_shelf(self, obj):
        shelf = obj.shelf
        return [book.title for book in shelf.books.order_by("title")]  # AUD408

    def not_shown(self, obj):
        return obj.books.count()


@admin.register(Author)
class LoadedAdmin(admin.ModelAdmin):
    list_display = ["name", "books", "sold"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("books")

    def books(self, obj):
        return obj.books.count()

    def sold(self, obj):
        return obj.books.filter(sold=True).count()  # AUD408


@admin.register(Author)
class CountedAdmin(admin.ModelAdmin):
    list_display = ["books", "kept"]

    def books(self, obj):
        if hasattr(obj, "number"):
            return obj.number
        return obj.books.filter(sold=True).count()

    def kept(self, obj):
        if obj.pk not in self.cache:
            self.cache[obj.pk] = obj.books.filter(sold=True).count()
        return self.cache[obj.pk]


@admin.register(Author)
class OwnAdmin(ShopAdmin):
    list_display = ["books", "sold"]

    def books(self, obj):
        return obj.books.count()

    def sold(self, obj):
        return obj.books.exclude(sold=False).exists()  # AUD408


class FilesAdmin(admin.ModelAdmin):
    list_display = ["there", "other"]

    def there(self, obj):
        return obj.cover_file.exists()

    def other(self, obj):
        return Author.objects.filter(name="Nobody").count()


admin.site.register(Book, FilesAdmin)


class LeftAdmin(admin.ModelAdmin):
    """Nothing registers it."""

    list_display = ("name", "books")

    def books(self, obj):
        return obj.books.count()
