"""
Keyed state: containers that outlive a call and get an entry for each key that comes along.

`containers` tells what can hold such state, `requests` what runs for requests and jobs, `keys` which keys come
with them, `entries` what a use does to the entries. `growing` in `growth` is where rules ask for containers that
only grow, `missed_registries` in `registries` for those that one end of a key forgets.
"""

from __future__ import annotations

from flake8_auditrules.semantics.keyed_state.entries import leaves_entries
from flake8_auditrules.semantics.keyed_state.growth import Growing, examined_containers, growing
from flake8_auditrules.semantics.keyed_state.keys import brings_keys
from flake8_auditrules.semantics.keyed_state.registries import missed_registries, paired_registries

__all__ = [
    "Growing",
    "brings_keys",
    "examined_containers",
    "growing",
    "leaves_entries",
    "missed_registries",
    "paired_registries",
]
