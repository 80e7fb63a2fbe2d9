"""A function that is called with settings and literals alone has as many keys as there are such calls."""

import os

from flask import request

from shop import config

_templates = {}
_uploads = {}


def templates_in(folder_path):
    if folder_path not in _templates:
        _templates[folder_path] = os.listdir(folder_path)
    return _templates[folder_path]


async def pages():
    own = templates_in(os.path.join(os.path.dirname(__file__), "pages"))
    return own + templates_in(config.get("PAGES"))


def uploads_in(folder_path):
    if folder_path not in _uploads:
        _uploads[folder_path] = os.listdir(folder_path)  # AUD504
    return _uploads[folder_path]


async def uploads():
    return uploads_in("shared") + uploads_in(request.args["folder"])
