"""What the client gets to know of a failure."""


def answer(request, error):
    return None


def install(app):
    app.add_exception_handler(Exception, answer)
