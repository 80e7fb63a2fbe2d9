"""AUD605: a field of a request that takes any text for a date or for one of some words."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.request_models import Looseness, loose_fields, request_models

_CURES = {
    Looseness.DATE: "declare `date` or `datetime`",
    Looseness.CHOICE: "declare a `Literal` or `Enum`",
}


class StringlyTypedField(Rule):
    """
    ## What it does
    Finds fields of type `str` in the request models of a module's own FastAPI routes that hold something narrower
    by their own declaration: a date by the name (`start_date`, `expires_at`), or one of the words that the
    description lists (`"'low' or 'high'"`).

    Silent where a validator or a pattern checks the field, where the module compares or parses it, and for a
    `start_time` of a model that speaks of `hh:mm`: a time of the day, or a place in a film.

    ## Why it matters
    `"start_date": "tomorrow"` and `"level": "hihg"` are valid requests. They are stored, compared as texts or fail
    far away with status 500; with the type, the answer is 422 and names the field.

    ## When to silence it
    When the field is checked elsewhere, or passed on as it is to a service that checks it.
    """

    code = "AUD605"
    severity = Severity.LOW
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{field}: {type}` takes any text for {what}; {cure}"
    examined = "fields for dates and choices are checked"
    imports = ("fastapi",)

    bad = (
        """
        from fastapi import FastAPI
        from pydantic import BaseModel, Field

        app = FastAPI()

        class Report(BaseModel):
            start_date: str  # AUD605
            level: str = Field("low", description="How much: 'low' or 'high'")  # AUD605

        @app.post("/reports")
        def report(body: Report):
            return {"from": body.start_date, "level": body.level}
        """,
    )
    good = (
        """
        import datetime
        from typing import Literal

        from fastapi import FastAPI
        from pydantic import BaseModel

        app = FastAPI()

        class Report(BaseModel):
            start_date: datetime.date
            level: Literal["low", "high"] = "low"

        @app.post("/reports")
        def report(body: Report):
            return {"from": body.start_date, "level": body.level}
        """,
        """
        import datetime

        from fastapi import FastAPI
        from pydantic import BaseModel, field_validator

        app = FastAPI()

        class Report(BaseModel):
            start_date: str

            @field_validator("start_date")
            @classmethod
            def is_date(cls, value):
                datetime.date.fromisoformat(value)
                return value

        @app.post("/reports")
        def report(body: Report):
            return {"from": body.start_date}
        """,
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Report the loose fields of a request model."""
        module = self.module
        if module.is_test or not node.bases or node not in request_models(module):
            return
        for field in loose_fields(module, node):
            if field.is_checked:
                self.passed(field.node)
                continue
            self.report(
                field.node,
                field=field.name,
                type=module.text(field.node.annotation, 20),
                what=field.looseness.value,
                cure=_CURES[field.looseness],
            )
