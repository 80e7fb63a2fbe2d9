"""What a module of an application opens as it is imported."""

import json

SETTINGS = json.load(open("settings.json"))  # AUD211
