"""AUD506: a dict of the process that one route fills and another one reads."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import web
from flake8_auditrules.rule import Category, Reach, Rule, Severity, Step
from flake8_auditrules.semantics.job_stores import dicts_with_new_keys, job_stores
from flake8_auditrules.semantics.programs import is_example, is_terminal_program


class InProcessJobStore(Rule):
    """
    ## What it does
    Finds dicts in which one route notes a job, a session or a code under a key that it has just made up, and in
    which another route looks that key up, also by the methods of an object of the module. Entries that can live in
    one process only (tasks, sockets, locks) and dicts called caches are left out.

    ## Why it matters
    The client asks about its job with the next request. Behind two workers that request reaches the other
    process half of the time, whose dict is empty: the answer is 404 for a job that runs. After a restart or a
    deployment it is 404 for every job that ever ran.

    ## When to silence it
    When the program is one process on the user's own machine and may forget everything when it ends.
    """

    code = "AUD506"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    reach = Reach.CALLEES
    imports = web.FRAMEWORKS
    message = (
        "`{store}`, filled by `{writer}` and read by `{reader}`, differs between workers; keep it in a database"
    )
    examined = "dicts that routes fill under new keys are read by no other route"

    bad = (
        """
        import uuid

        from fastapi import BackgroundTasks, FastAPI, HTTPException

        app = FastAPI()
        jobs = {}  # AUD506

        @app.post("/jobs", status_code=202)
        def start_job(background: BackgroundTasks):
            job_id = str(uuid.uuid4())
            jobs[job_id] = {"status": "queued"}
            background.add_task(run_job, job_id)
            return {"job_id": job_id}

        def run_job(job_id):
            jobs[job_id]["status"] = "done"

        @app.get("/jobs/{job_id}")
        def show_job(job_id: str):
            if job_id not in jobs:
                raise HTTPException(404)
            return jobs[job_id]
        """,
    )
    good = (
        """
        import sqlite3
        import uuid

        from fastapi import BackgroundTasks, FastAPI, HTTPException

        app = FastAPI()

        def in_database(statement, *values):
            with sqlite3.connect(app.state.database) as connection:
                return connection.execute(statement, values).fetchall()

        @app.post("/jobs", status_code=202)
        def start_job(background: BackgroundTasks):
            job_id = str(uuid.uuid4())
            in_database("INSERT INTO jobs VALUES (?, 'queued')", job_id)
            background.add_task(run_job, job_id)
            return {"job_id": job_id}

        def run_job(job_id):
            in_database("UPDATE jobs SET status = 'done' WHERE id = ?", job_id)

        @app.get("/jobs/{job_id}")
        def show_job(job_id: str):
            rows = in_database("SELECT status FROM jobs WHERE id = ?", job_id)
            if not rows:
                raise HTTPException(404)
            return {"status": rows[0][0]}
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report each job store where it is made, with the places that fill it and read it."""
        module = self.module
        if module.is_test or is_terminal_program(module) or is_example(module):
            return
        for store in job_stores(module):
            self.report(
                store.made,
                steps=[
                    Step(module.path, store.noted.lineno, f"`{store.writer.name}` makes an entry"),
                    Step(module.path, store.asked.lineno, f"`{store.reader.name}` looks it up"),
                ],
                store=module.text(store.made),
                writer=store.writer.name,
                reader=store.reader.name,
            )
        self.passed_others(dicts_with_new_keys(module))
