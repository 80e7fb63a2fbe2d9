"""
Client sites: how often the place where a client is made runs, and whether one client could serve.

`uses` tells what is done with a client that is made, `turns` and `looped_callers` what the turns of a loop have to
do with it, `many_runs` which functions run often, `own_loops` what runs in an event loop of its own. `client_site`
in `sites` is where rules ask.
"""

from __future__ import annotations

from flake8_auditrules.semantics.client_sites.many_runs import keeps_answer, runs_many_times
from flake8_auditrules.semantics.client_sites.sites import ClientSite, Frequency, client_site, is_test_double
from flake8_auditrules.semantics.client_sites.uses import put_into

__all__ = [
    "ClientSite",
    "Frequency",
    "client_site",
    "is_test_double",
    "keeps_answer",
    "put_into",
    "runs_many_times",
]
