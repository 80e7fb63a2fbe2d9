"""Keys of clients: stand-ins for a server of one's own, and names that repeat themselves."""

import os

from openai import OpenAI

local = OpenAI(
    api_key=os.getenv("LMSTUDIO_API_KEY", "lm-studio"),
    base_url=os.getenv("LMSTUDIO_API_BASE", "http://localhost:1234/v1"),
)
embeddings = dict(
    openai_api_key=os.getenv("OPENAI_API_KEY", "custom"),
    openai_api_base=os.getenv("OPENAI_BASE_URL", "http://localhost:1234/v1"),
)

TRACES_SECRET_KEY = os.getenv("TRACES_SECRET_KEY", "traces_secret_key")
TRACES_HOST = os.getenv("TRACES_HOST", "http://localhost:3000")

JWT_SECRET_KEY = os.getenv("JWT_SECRET_KEY", "jwt_secret_key")  # AUD701
REMOTE_KEY = OpenAI(api_key=os.getenv("REMOTE_API_KEY", "a81bc81bdead4e5dabff"))  # AUD701


class Local:
    def __init__(self, api_key=None):
        self.api_key = api_key or os.environ.get("LOCAL_MODELS_API_KEY", "anyword")


def settings_of_own_server():
    return {
        "model": os.getenv("VLLM_MODEL", "small"),
        "api_base": os.getenv("VLLM_API_BASE", "http://localhost:8002/v1"),
        "api_key": os.getenv("VLLM_API_KEY", "local"),
    }


FEED_TOKEN = os.getenv("FEED_THROTTLE_TOKEN", "60/hour")
