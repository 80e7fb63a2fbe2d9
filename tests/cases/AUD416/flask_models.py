"""Rows that Flask-SQLAlchemy loads: `Model.query`."""

from shop import db, models


def visit(page_id):
    page = models.Page.query.get(page_id)
    page.views += 1  # AUD416
    db.session.commit()


def visit_locked(page_id):
    page = models.Page.query.with_for_update().get(page_id)
    page.views += 1
    db.session.commit()
