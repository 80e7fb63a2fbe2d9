"""Rows of Django's that are made of a dict as a whole."""

from rest_framework import serializers
from shop.models import Account


class AccountSerializer(serializers.ModelSerializer):
    def create(self, validated_data):
        if Account.objects.filter(email=validated_data["email"]).exists():
            raise serializers.ValidationError("taken")
        return Account.objects.create(**validated_data)  # AUD417


class OtherSerializer(serializers.ModelSerializer):
    def create(self, validated_data):
        if Account.objects.filter(email=validated_data["owner"]).exists():
            raise serializers.ValidationError("taken")
        return Account.objects.create(**validated_data)


def found_or_made(email, name):
    account = Account.objects.filter(email=email).first()
    if account:
        account.name = name
        account.save()
    else:
        fields = {"email": email, "name": name}
        account = Account.objects.create(**fields)  # AUD417
    return account


def of_another(email, name):
    if not Account.objects.filter(email=email).exists():
        fields = {"name": name}
        Account.objects.create(**fields)
