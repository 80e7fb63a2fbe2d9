"""Queries of MongoEngine: the first, the next, the number of documents are fetched; filters are not."""

import mongoengine


class Page(mongoengine.Document):
    name = mongoengine.StringField()


async def first_page(name):
    pages = Page.objects(name=name).order_by("name")
    return pages.first()  # AUD103


async def all_pages(name):
    for page in Page.objects.filter(name=name):  # AUD103
        print(page)
