ALLOWED_HOSTS = ["notes.example.org"]
MIDDLEWARE = (  # AUD915
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
)
