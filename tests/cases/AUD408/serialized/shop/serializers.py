from rest_framework import serializers

from shop.models import Author, Book, Tag


class TagSerializer(serializers.ModelSerializer):
    class Meta:
        model = Tag
        fields = ["name"]


class AuthorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Author
        fields = ["name"]


class NamedSerializer(serializers.ModelSerializer):
    author_name = serializers.CharField(source="author.name", read_only=True)

    class Meta:
        model = Book
        fields = ["title", "author_name"]


class NestedSerializer(serializers.ModelSerializer):
    author = AuthorSerializer(read_only=True)

    class Meta:
        model = Book
        fields = ["title", "author"]


class InheritingSerializer(NestedSerializer):
    kind = serializers.CharField(default="paper")


class MethodSerializer(serializers.ModelSerializer):
    author_name = serializers.SerializerMethodField()

    class Meta:
        model = Book
        fields = ["title", "author_name"]

    def get_author_name(self, obj):
        return obj.author.name if obj.author_id else ""


class SometimesSerializer(serializers.ModelSerializer):
    author_name = serializers.SerializerMethodField()

    class Meta:
        model = Book
        fields = ["title", "author_name"]

    def get_author_name(self, obj):
        if self.context.get("full"):
            return obj.author.name
        return ""


class AllSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = "__all__"


class KeysSerializer(serializers.ModelSerializer):
    author_id = serializers.IntegerField(source="author.id")
    author = serializers.PrimaryKeyRelatedField(read_only=True)
    wanted = AuthorSerializer(source="author", write_only=True)
    pages = TagSerializer(many=True)

    class Meta:
        model = Book
        fields = ["title", "author", "author_id", "wanted", "pages"]


class BooksSerializer(serializers.ModelSerializer):
    books = NamedSerializer(many=True, read_only=True)

    class Meta:
        model = Author
        fields = ["name", "books"]
