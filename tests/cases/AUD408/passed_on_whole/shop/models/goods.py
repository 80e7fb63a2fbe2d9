from django.db import models


class Brand(models.Model):
    name = models.CharField(max_length=50)


class Article(models.Model):
    name = models.CharField(max_length=50)
    brand = models.ForeignKey(Brand, null=True, on_delete=models.SET_NULL)
