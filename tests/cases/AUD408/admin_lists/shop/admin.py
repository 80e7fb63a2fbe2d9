from django.contrib import admin

from shop.models import Author, Book


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
