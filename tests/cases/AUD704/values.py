"""Texts of which only the presence is asked: passwords, references, paths."""

import os


def locked(settings):
    return settings.password or not os.getenv("SALTED_PASS", False)


def checks_version():
    if not os.getenv("GITHUB_REF", False):
        return True
    return False


def behind_proxy():
    if os.getenv("USE_PROXY_HEADERS", False):  # AUD704
        return True
    return False


def without_local_url():
    return bool(os.getenv("SHOP_NO_LOCAL_URL", False))  # AUD704


def upgrade(run):
    if not os.getenv("SHOP_PACKAGE_UPGRADED", default=False):
        run(["upgrade"], env={"SHOP_PACKAGE_UPGRADED": "true"})


def started_by_command_line():
    return bool(os.getenv("SHOP_CLI", False))


def with_command_line_enabled():
    return bool(os.getenv("SHOP_ENABLE_CLI", False))  # AUD704
