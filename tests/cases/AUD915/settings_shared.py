COMMON = ["django.contrib.auth.middleware.AuthenticationMiddleware"]
# What else is in it is not to be seen here.
MIDDLEWARE = [*COMMON]
MIDDLEWARE_CLASSES = COMMON + ["django.contrib.auth.middleware.AuthenticationMiddleware"]
# Nobody is known by a cookie.
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
