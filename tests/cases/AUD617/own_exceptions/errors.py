class Problem(Exception):
    def __init__(self, title: str, status: int, detail: str):
        super().__init__(title)
        self.title = title
        self.status = status
        self.detail = detail

    def to_dict(self, instance: str):
        data = {"title": self.title, "detail": self.detail, "instance": instance}
        return {key: value for key, value in data.items() if value is not None}


class Unanswered(Exception):
    def __init__(self, status: int, detail: str):
        super().__init__(detail)
        self.status = status
