from django.contrib import admin

from .models import *


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    list_display = ("name", "brand")  # AUD408


@admin.register(Brand)
class BrandAdmin(admin.ModelAdmin):
    list_display = ("name",)


@admin.register(Unknown)
class UnknownAdmin(admin.ModelAdmin):
    list_display = ("name", "brand")
