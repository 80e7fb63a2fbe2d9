"""AUD504: a dict that gets an entry for each user, job or path, and never loses one."""

from __future__ import annotations

import ast

from flake8_auditrules.project.callers import callers_of, given_by_every_caller
from flake8_auditrules.project.container_uses import takes_care_elsewhere
from flake8_auditrules.project.lifetimes import is_made_for_each, serves_all
from flake8_auditrules.project.request_paths import runs_for_requests
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.job_stores import job_stores
from flake8_auditrules.semantics.keyed_state import Growing, brings_keys, examined_containers, growing


class UnboundedKeyedState(Rule):
    """
    ## What it does
    Finds dicts and sets of the module, or of an object of which there is one, that requests or jobs fill under
    keys of their own (a user, a client, a job, a path), and from which nothing is ever removed. Where another
    file of the project does more than to look into the dict, it is taken to look after it; where all callers
    write the key out, it is silent. Users and the like, of whom there are as many as were let in, count where an
    entry is more than a number; what is called `..._totals`, `..._stats` or `..._counts` holds numbers.

    ## Why it matters
    The process keeps an entry for everybody who ever came by. Memory grows for weeks until the process is
    killed; and whoever can choose the key can fill it on purpose.

    ## When to silence it
    When the keys are few and known, or the process is short-lived.
    """

    code = "AUD504"
    severity = Severity.MEDIUM
    category = Category.RESOURCE_LEAK
    since = "0.1.0"
    reach = Reach.PROJECT
    message = (
        "`{variable}` keeps an entry for each `{key}`, and nothing removes one; bound it, or delete at the end"
    )
    examined = "shared dicts and sets have a bound or lose entries again"

    bad = (
        """
        import asyncio

        _locks = {}

        async def charge(account_id, amount, send):
            if account_id not in _locks:
                _locks[account_id] = asyncio.Lock()  # AUD504
            async with _locks[account_id]:
                return await send(account_id, amount)
        """,
    )
    good = (
        """
        import asyncio
        import weakref

        _locks = weakref.WeakValueDictionary()

        async def charge(account_id, amount, send):
            lock = _locks.setdefault(account_id, asyncio.Lock())
            async with lock:
                return await send(account_id, amount)
        """,
        """
        _running = set()

        async def charge(account_id, amount, send):
            _running.add(account_id)
            try:
                return await send(account_id, amount)
            finally:
                _running.discard(account_id)
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the first place that adds to each container which only grows; job stores are AUD506's."""
        for place in growing(self.module):
            if any(store.variable == place.variable for store in job_stores(self.module)):
                continue
            name = place.variable.name
            if not name.startswith("_") and takes_care_elsewhere(self.project, self.module, place.variable):
                continue
            if not self._is_filled_by_requests(place):
                continue
            self.report(
                place.node,
                place=place.variable,
                variable=self.module.text(place.container),
                key=self.module.text(place.key),
            )
        self.passed_others(examined_containers(self.module))

    def _is_filled_by_requests(self, place: Growing) -> bool:
        """Whether one container serves all requests, and a place runs for them; other files are asked last."""
        owner = place.variable.owner
        is_told_here = place.is_shared and place.runs
        if not place.many and not is_told_here:
            return False
        if owner is not None:
            if is_made_for_each(self.project, self.module, owner):
                return False
            if not is_told_here and not serves_all(self.project, self.module, owner):
                return False
        if place.parameter and not self._is_given_keys(place):
            return False
        if self._has_fixed_keys(place):
            return False
        return place.runs or runs_for_requests(self.project, self.module, place.function)

    def _has_fixed_keys(self, place: Growing) -> bool:
        """Whether all that call the function, and some do, write out the key: `register("echo", graph)`."""
        key = place.key
        names = self.module.instances.positional_parameters(place.function)
        if not isinstance(key, ast.Name) or key.id not in names:
            return False
        given = given_by_every_caller(self.project, self.module, place.function, key.id)
        return bool(given) and all(
            isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id.isupper())
            for _, value in given
        )

    def _is_given_keys(self, place: Growing) -> bool:
        """Whether callers in other files give keys that come with requests for the parameter that is the key."""
        names = self.module.instances.positional_parameters(place.function)
        position = names.index(place.parameter) if place.parameter in names else None
        for caller in callers_of(self.project, self.module, place.function):
            given = caller.module.argument(caller.call, place.parameter, position)
            if given is not None and brings_keys(caller.module, given, much=place.much):
                return True
        return False
