from rest_framework import serializers

from shop.models import Author, Book, Vote


class BookSerializer(serializers.ModelSerializer):
    votes = serializers.SerializerMethodField()
    mine = serializers.SerializerMethodField()
    chapters = serializers.SerializerMethodField(method_name="count_chapters")
    pages = serializers.SerializerMethodField()
    readers = serializers.SerializerMethodField()
    known = serializers.SerializerMethodField()
    history = serializers.SerializerMethodField()
    page_count = serializers.IntegerField(source="pages.count", read_only=True)

    class Meta:
        model = Book
        fields = "__all__"

    def get_votes(self, obj):
        return Vote.objects.filter(book=obj).count()  # AUD408

    def get_mine(self, obj):
        request = self.context.get("request")
        if request and request.user.is_authenticated:
            return obj.votes.filter(user=request.user).exists()  # AUD408
        return False

    def count_chapters(self, book: Book) -> int:
        return book.chapters.count()  # AUD408

    def get_pages(self, obj):
        # The view loads them with the rows.
        return obj.pages.count()

    def get_readers(self, obj):
        readers = obj.readers.filter(active=True)  # AUD408
        return ReaderSerializer(readers, many=True).data

    def get_known(self, obj):
        return obj.id in self.context["known"] or obj.votes.filter(known=True).exists()

    def get_history(self, obj):
        if self.context["view"].action == "retrieve":
            return [one.text for one in obj.changes.order_by("at")]
        return []

    def get_nothing(self, obj):
        return obj.votes.filter(known=True).exists()


class ReaderSerializer(serializers.ModelSerializer):
    book_count = serializers.IntegerField(source="books.count", read_only=True)  # AUD408
    name = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        fields = "__all__"

    def to_representation(self, instance):
        shown = super().to_representation(instance)
        shown["first"] = instance.books.order_by("at").first()  # AUD408
        return shown


class AuthorSerializer(serializers.ModelSerializer):
    """Shown alone."""

    books = serializers.SerializerMethodField()

    class Meta:
        model = Author
        fields = "__all__"

    def get_books(self, obj):
        return obj.books.filter(sold=True).count()


class AuthorDetailSerializer(serializers.ModelSerializer):
    """Chosen for other actions than the list."""

    books = serializers.SerializerMethodField()

    def get_books(self, obj):
        return obj.books.filter(sold=True).count()


class AuthorListSerializer(serializers.ModelSerializer):
    books = serializers.SerializerMethodField()
    given = serializers.SerializerMethodField()

    def get_books(self, obj):
        return obj.books.filter(sold=True).count()  # AUD408

    def get_given(self, obj: dict):
        return Book.objects.filter(title=obj["title"]).count()


class LatestBookSerializer(serializers.ModelSerializer):
    chapters = serializers.SerializerMethodField()

    def get_chapters(self, obj):
        # Five at most are listed.
        return obj.chapters.count()


class ShelfSerializer(serializers.ModelSerializer):
    chapters = serializers.SerializerMethodField()

    def get_chapters(self, obj):
        return obj.chapters.count()  # AUD408
