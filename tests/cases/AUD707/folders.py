"""Folders that the environment names hold the user's own code; those beside the module are the project's."""

import os
import sys
from pathlib import Path

PROJECT = Path(os.getenv("SHOP_PROJECT", "."))
PLUGINS = str(Path(__file__).parent / os.getenv("SHOP_PLUGINS", "plugins"))

sys.path.insert(0, str(PROJECT))
sys.path.append(PLUGINS)  # AUD707

if folder := os.environ.get("SHOP_FOLDER"):
    sys.path.append(folder)

sys.path.append(os.getcwd())


def workshop():
    here = Path.cwd()
    return here / "shop" if (here / "shop").exists() else Path.home()


SHOP = workshop()
sys.path.append(str(SHOP))


def own_place():
    return Path(__file__).parent


sys.path.append(str(own_place()))  # AUD707


def workshop_and_cache():
    here = Path.cwd()
    return here, here / "cache"


WORKSHOP, CACHE = workshop_and_cache()
sys.path.append(str(WORKSHOP))

sys.path.append(config.app_root)
