import os

from app import pool
from app.facade import make_half
from app.pool import Quiet, Runner, make, make_by_default, make_for, make_for_any, make_from_settings, make_guarded


def start(settings, jobs, other_jobs):
    if not jobs:
        return None
    make_for(jobs)
    make_for_any(jobs)
    make_for_any(other_jobs)
    make_from_settings(settings.workers)
    make_guarded(os.cpu_count() // 2)
    make_by_default()
    pool.make_positive(max(1, len(other_jobs)))
    make_half(1)
    Quiet(workers=4)
    runner = Runner("fast", workers=0)
    runner.more(os.cpu_count() // 2)
    return make(os.cpu_count() // 2)
