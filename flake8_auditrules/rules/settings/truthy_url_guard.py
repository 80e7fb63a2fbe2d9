"""AUD703: the base of requests, of which only is asked whether it is empty."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.url_settings import base_setting


class TruthyUrlGuard(Rule):
    """
    ## What it does
    Finds environment variables that name a URL (`API_URL`, `SERVICE_ENDPOINT`), of which the program only asks
    whether they are empty (`if not url`, `os.getenv("API_URL") or DEFAULT`), whose slash at the end it cuts off,
    and with which the URLs of its requests begin.

    Silent where the module parses URLs or looks at how a text begins, where blanks are taken off, and where a
    handler around the request takes what is raised for a text that is no URL.

    ## Why it matters
    A blank, and `api.example.com` without `https://`, are true as well. The program starts, and each request
    fails: with `MissingSchema`, `UnsupportedProtocol` or a bare `ValueError`, often past the handler of network
    errors, far from the setting, which no message names.

    ## When to silence it
    When what sets the variable writes whole URLs only.
    """

    code = "AUD703"
    severity = Severity.LOW
    category = Category.HARDCODED
    since = "0.1.0"
    call_names = frozenset({"rstrip"})
    message = "`{variable}` is only asked for its truth: a blank or one without scheme passes; parse it where read"
    examined = "URLs of settings are looked at before requests go to them"

    bad = (
        """
        import os
        import urllib.request

        def request():
            base = os.getenv("API_URL")
            if not base:
                raise SystemExit("API_URL is not set")
            return urllib.request.Request(base.rstrip("/") + "/status")  # AUD703
        """,
        """
        import os
        import urllib.request

        API = (os.environ.get("SERVICE_ENDPOINT") or "http://localhost:8000").rstrip("/")  # AUD703

        def request(name: str):
            url = f"{API}/items/{name}"
            return urllib.request.Request(url)
        """,
    )
    good = (
        """
        import os
        import urllib.request

        def request():
            base = os.getenv("API_URL", "")
            if not base.startswith(("http://", "https://")):
                raise SystemExit("API_URL is no URL")
            return urllib.request.Request(base.rstrip("/") + "/status")
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report the base of requests of which nobody asks whether it is a URL."""
        if self.module.is_test:
            return
        found = base_setting(self.module, node)
        if found is None:
            return
        if found.is_loose:
            self.report(node, variable=found.name)
        else:
            self.passed(node)
