"""A program that asks a server."""

import os

TOKEN = os.environ.get("SERVER_TOKEN", "opensesame")

if __name__ == "__main__":
    print(TOKEN)
