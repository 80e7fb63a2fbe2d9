"""
Lock discipline: variables that some functions write under a lock and others use without it.

`guarded` tells what is written under which lock, `belonging` whether the lock is there for it, `uses` where a
use runs and what is held there, `operations` and `surroundings` what it does, `moments` and `roles` what its
function is to the others and to the lock, `faults` whether they can meet. `undisciplined` in `findings` is
where rules ask.
"""

from __future__ import annotations

from flake8_auditrules.semantics.lock_discipline.findings import Undisciplined, guarded_variables, undisciplined

__all__ = ["Undisciplined", "guarded_variables", "undisciplined"]
