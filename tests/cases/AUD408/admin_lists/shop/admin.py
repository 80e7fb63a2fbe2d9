from django.contrib import admin

from shop.models import Author, Book, Review, ReviewState, Shelf


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    list_display = ("title", "author_name", "author_initial", "editor_name", "author_key")

    def author_name(self, obj):
        return obj.author.name  # AUD408

    def author_initial(self, obj):
        return obj.author.name[:1]

    def editor_name(self, obj):
        return obj.editor.name if obj.editor_id else ""  # AUD408

    def author_key(self, obj):
        return obj.author.pk

    def not_shown(self, obj):
        return obj.author.name


class JoinedAdmin(admin.ModelAdmin):
    list_display = ("title", "author_name")
    list_select_related = ("author",)

    def author_name(self, obj):
        return obj.author.name


admin.site.register(Book, JoinedAdmin)


class ShownAdmin(admin.ModelAdmin):
    # Django joins the author, as it is shown and cannot be empty.
    list_display = ("title", "author", "author_name")

    def author_name(self, obj):
        return obj.author.name


admin.site.register(Book, ShownAdmin)


class LoadedAdmin(admin.ModelAdmin):
    list_display = ("title", "author_name")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("author")

    def author_name(self, obj):
        return obj.author.name


admin.site.register(Book, LoadedAdmin)


class RegisteredAdmin(admin.ModelAdmin):
    list_display = ("title", "author_name")

    def author_name(self, book):
        return book.author.name  # AUD408


admin.site.register(Book, RegisteredAdmin)


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    list_display = ("name", "shouted")

    def shouted(self, obj):
        return obj.name.upper()


@admin.register(Review)
class ReviewAdmin(admin.ModelAdmin):
    list_display = (
        "book",
        "reader",  # AUD408
        "checked_by",
    )


class OfBookAdmin(admin.ModelAdmin):
    list_display = ["stars", "of_book"]  # AUD408


admin.site.register(Review, OfBookAdmin)


class KeysAdmin(admin.ModelAdmin):
    list_display = ["stars", "book_key"]


admin.site.register(Review, KeysAdmin)


class LoadingAdmin(admin.ModelAdmin):
    def get_queryset(self, request):
        return super().get_queryset(request).select_related("reader")


class LoadedReviewAdmin(LoadingAdmin):
    list_display = ["stars", "reader"]


admin.site.register(Review, LoadedReviewAdmin)


class NamedBookAdmin(admin.ModelAdmin):
    list_display = ["stars", "of_book"]
    list_select_related = ["book"]


admin.site.register(Review, NamedBookAdmin)


@admin.register(Review)
class PlainAdmin(admin.ModelAdmin):  # AUD408
    search_fields = ["stars"]


admin.site.register(Review)  # AUD408
admin.site.register(Author)
# Of shelves there are a few.
admin.site.register(Shelf)


@admin.register(ReviewState)
class ReviewStateAdmin(admin.ModelAdmin):
    list_display = ["name", "reader"]
