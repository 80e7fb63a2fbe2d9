ALLOWED_HOSTS = ["notes.example.org"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
MIDDLEWARE += ["company.middleware.CsrfMiddleware"]
