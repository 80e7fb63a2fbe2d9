from django.contrib import admin

from shop.models import Author, Book, OtherBook


class BaseAdmin(admin.ModelAdmin):
    def get_list_display(self, request):
        return [*super().get_list_display(request), "pk"]


@admin.register(Author)
class AuthorAdmin(BaseAdmin):
    list_display = (
        "name",
        "shouted",
        "titles",
        "number",  # AUD408
    )

    def titles(self, obj):
        return ", ".join(book.title for book in obj.books.all())  # AUD408


class KnownAdmin(admin.ModelAdmin):
    list_display = ("name", "known", "shouted")


admin.site.register(Author, KnownAdmin)


@admin.register(Book)
class BookAdmin(BaseAdmin):
    list_display = [
        "title",
        "shelf",
        "editor",  # AUD408
    ]


class JoinedAdmin(admin.ModelAdmin):
    list_display = [
        "title",
        "editor",
        "author",  # AUD408
        "agent",
    ]
    list_select_related = ["author", "editor__agent"]

    def agent(self, obj):
        return obj.editor.agent.email


admin.site.register(Book, JoinedAdmin)


class DeeperAdmin(admin.ModelAdmin):
    list_display = ["title", "agent"]
    list_select_related = ["author"]

    def agent(self, obj):
        return obj.author.agent.email  # AUD408


admin.site.register(Book, DeeperAdmin)


class WholeAdmin(admin.ModelAdmin):
    # It joins what cannot be empty alone.
    list_display = [
        "title",
        "author",
        "editor",  # AUD408
    ]
    list_select_related = True


admin.site.register(Book, WholeAdmin)


class JoinedDeeperAdmin(admin.ModelAdmin):
    list_display = ["title", "author"]
    list_select_related = ["author__agent"]


admin.site.register(Book, JoinedDeeperAdmin)


class ChosenAdmin(admin.ModelAdmin):
    list_display = ["title", "editor"]

    def get_list_display(self, request):
        return ["title"]


admin.site.register(Book, ChosenAdmin)


@admin.register(OtherBook)
class OtherAdmin(admin.ModelAdmin):
    list_display = ["pk", "author"]
