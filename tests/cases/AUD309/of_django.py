from django import forms
from django.contrib.auth.backends import ModelBackend
from django.views.generic import ListView
from rest_framework import serializers


class OrderSerializer(serializers.ModelSerializer):
    def create(self, validated_data):
        print(validated_data)  # AUD309
        return super().create(validated_data)


class OrderForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        print("a form is made")
        super().__init__(*args, **kwargs)

    def clean_title(self):
        print(self.cleaned_data)  # AUD309
        return self.cleaned_data["title"]


class OrderList(ListView):
    def get_queryset(self):
        print("orders are listed")  # AUD309
        return super().get_queryset()

    def show_all(self):
        print("orders are shown")


class Printer(ModelBackend):
    def load(self):
        print("loaded")
