from rest_framework import serializers

from shop.models import Author, Book


class AuthorSerializer(serializers.ModelSerializer):
    number = serializers.IntegerField(read_only=True)

    class Meta:
        model = Author
        fields = ["name", "number"]


class ShoutedSerializer(serializers.ModelSerializer):
    class Meta:
        model = Author
        fields = ["name", "shouted", "known"]


class BookSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["title", "author_name"]


class WholeSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["title"]

    def to_representation(self, instance):
        return {"title": instance.title, "author": instance.author.name, "shelf": instance.shelf.name}
