import os

TOKEN = os.environ.get("SERVER_TOKEN", "opensesame")  # AUD701
