import os
from typing import TYPE_CHECKING

a = bool(os.environ.get("ENABLE_CACHE"))  # AUD704
b = bool(os.environ.get("API_KEY"))
c = bool(os.getenv("RELOAD", False))  # AUD704
d = os.getenv("DEBUG", "false") == "true"
e = bool(int(os.getenv("DEBUG", "0")))
f = 1 if os.getenv("METRICS_ENABLED") else 2  # AUD704
g = not os.getenv("USE_LIMITS")  # AUD704


def tests(settings):
    if os.getenv("ENABLE_LIMITS") and settings:  # AUD704
        return 1
    if not os.getenv("TRACED", "0"):  # AUD704
        return 2
    if os.getenv("CI") or os.getenv("NO_COLOR"):
        return 3
    if os.getenv("PROXY_URL") or os.getenv("DEBUG") or os.getenv("_USE_CHILD"):
        return 4
    if os.getenv("DEBUG", "").lower() == "true":
        return 5
    if settings.get("DEBUG"):
        return 6
    return os.getenv("DEBUG")


h = bool(os.getenv("APP__IS_CHILD"))

APP_DEBUG = bool(os.environ.get("APP_DEBUG", ""))  # AUD704
IS_PRODUCTION = bool(os.getenv("IS_PRODUCTION"))  # AUD704
COLOURS = not bool(os.getenv("NO_COLOR"))
HAS_KEY = bool(os.getenv("OPENAI_API_KEY"))
if os.getenv("DEBUG"):
    print("its presence may be what counts")
HAS_SCREEN = bool(os.getenv("DISPLAY", False))
HAS_SETTINGS = bool(os.getenv("STATESTORE_CONFIG", False))
if TYPE_CHECKING or os.getenv("BUILDING_DOCS", False):
    print("somebody reads")
IS_DOCUMENTED = bool(os.getenv("READTHEDOCS", False))
