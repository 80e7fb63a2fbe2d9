from flask_wtf import CSRFProtect


def protect(app):
    CSRFProtect(app)
