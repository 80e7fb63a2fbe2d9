import os

FROM_GIT_TOKEN = "From-git-commit"
HOST_API_KEY = os.environ.get("HOST_API_KEY", "none")
