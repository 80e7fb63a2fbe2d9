import os

# The usual ones for local development.
HOST = os.getenv("GRAPH_HOST", "localhost")
PASSWORD = os.getenv("GRAPH_PASSWORD", "neo4j")
STORE = os.environ["STORE_HOST"]
STORE_PASSWORD = os.getenv("STORE_PASSWORD", "neo4j")  # AUD701

CACHE = os.getenv("CACHE_HOST", "localhost")
CACHE_PASSWORD = os.getenv("CACHE_PASSWORD", "letmein")  # AUD701
ACCESS_KEY = os.getenv("STORE_ACCESS_KEY", "minioadmin")
SECRET_KEY = os.environ["STORE_SECRET_KEY"]
