"""Switches that are called by what they do: the truth of their texts decides."""

import os
import sys


def prepare(app, tasks):
    if not os.environ.get("SHOP_SKIP_TLS"):  # AUD704
        app.certify()
    if os.environ.get("SKIP_CLEANUP") and tasks:  # AUD704
        tasks.clear()
    if os.getenv("SHOP_ALLOW_ORIGINS") or os.getenv("FORCE_MODEL") or os.getenv("DISABLED_HOSTS"):
        return
    if sys.stdout.isatty() or os.environ.get("FORCE_COLOR"):
        print("coloured")
    app.secure = not os.environ.get("SHOP_DISABLE_TLS")  # AUD704


def tests(app):
    if os.environ.get("ALLOW_PYTEST"):
        app.test()


def wheels(app):
    if os.environ.get("FORCE_LOCAL_WHEEL"):
        app.install(os.path.expanduser(os.environ.get("FORCE_LOCAL_WHEEL", "")))


def compared(app):
    if os.environ.get("SKIP_MAILS") and os.environ.get("SKIP_MAILS") != "0":
        app.mails = None


skips_warnings = os.environ.get("SHOP_SKIP_WARNINGS")  # AUD704
if not skips_warnings:
    print("be warned")
skips_text = os.environ.get("SHOP_SKIP_TEXT")
if skips_text and skips_text != "no":
    print("a text")
