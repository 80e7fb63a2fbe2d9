"""AUD201: a client made again on every turn of a loop."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import clients
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.client_sources import given_clients
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.client_sites import ClientSite, Frequency, client_site
from flake8_auditrules.semantics.programs import is_benchmark

# What measures how long it takes to connect connects each time.
_MEASURING = pattern(r"(?:^|_)(?:benchmark|diagnos\w*|latency|measure\w*|profile)(?:_|$)")


class ClientInLoop(Rule):
    """
    ## What it does
    Finds clients, sessions, pools and engines that are made inside a loop, or in a function that a loop of
    the same module calls within three calls, although one made before the loop could serve all its turns. A
    client that a function of the project makes for its caller counts as made there.

    Silent where the turn's own value decides that it makes a client (`if kind == "mail":`), where one client
    serves all that a turn asks for at once, and where a turn waits for a process, a person or a long time before;
    so are the modules of a command line (`cli.py`, `acme/cli/`), scripts, and what measures connections.

    ## Why it matters
    A client owns a connection pool. One made on each turn opens a new connection (with its TCP and TLS
    handshakes) for each item and throws it away: N items cost N connections, sockets pile up in TIME_WAIT,
    and the server's limit of connections is met long before its limit of requests.

    ## When to silence it
    When each turn needs a pool of its own on purpose, for instance to talk through another proxy.
    """

    code = "AUD201"
    severity = Severity.HIGH
    category = Category.RESOURCE_LEAK
    since = "0.1.0"
    calls = clients.CLIENTS
    reach = Reach.CALLEES
    message = "`{call}` {fact} on every turn of the loop in line {line}{through}; make it once before the loop"
    examined = "clients are made outside of loops"

    bad = (
        """
        import httpx

        def read_all(urls):
            texts = []
            for url in urls:
                with httpx.Client() as client:  # AUD201:14
                    texts.append(client.get(url).text)
            return texts
        """,
        """
        import httpx

        class Prices:
            def _fetch(self, url):
                with httpx.Client(timeout=5) as client:  # AUD201
                    return client.get(url).text

            def all(self, urls):
                return [self._fetch(url) for url in urls]
        """,
    )
    good = (
        """
        import httpx

        def read_all(urls):
            with httpx.Client() as client:
                return [client.get(url).text for url in urls]
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a client made in a loop."""
        self._look_at(node, client_site(self.module, node), "is made")

    def visit_Module(self, node: ast.Module) -> None:
        """Report what a function of the project makes for its caller on each turn of a loop."""
        if self.module.is_test:
            return
        for call, client, has_base_url in given_clients(self.project, self.module):
            site = client_site(self.module, call, given=client, has_base_url=has_base_url)
            self._look_at(call, site, "gives a new client")

    def _is_of_little_use(self, site: ClientSite) -> bool:
        """Whether a person waits for the few turns of a command or script, or each turn is to connect anew."""
        module = self.module
        if site.function is not None and _MEASURING.search(site.function.name) is not None:
            return True
        return is_benchmark(module) or self.project.ends_with_failure(module)

    def _look_at(self, node: ast.Call, site: ClientSite | None, fact: str) -> None:
        if site is None or site.frequency is not Frequency.IN_LOOP or self._is_of_little_use(site):
            self.passed(node)
            return
        through = f" through `{site.caller}`" if site.caller else ""
        self.report(node, call=self.module.call_text(node), fact=fact, line=str(site.loop_line), through=through)
