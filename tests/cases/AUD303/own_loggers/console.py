class Logger:
    def __init__(self, name):
        self.name = name

    def error(self, text):
        print(f"{self.name}: {text}")


class FullLogger(Logger):
    def exception(self, text):
        print(f"{self.name}: {text}")


class OpenLogger:
    def error(self, text, **more):
        print(text, more)


class StaticLogger:
    @staticmethod
    def error(text):
        print(text)
