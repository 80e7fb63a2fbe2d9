"""Numbers that functions read from the request themselves."""

from datetime import timedelta

from flask import Blueprint, request

routes = Blueprint("routes", __name__)
MOST = 100


@routes.route("/a")
def by_type(query):
    limit = request.args.get("limit", 20, type=int)  # AUD615
    return query.order_by("name").limit(limit).all()


@routes.route("/b")
def converted(query):
    try:
        size = int(request.args.get("page_size", "20"))  # AUD615
    except ValueError:
        size = 20
    return query.order_by("name").limit(size).all()


@routes.route("/c")
def with_an_or(query):
    days = int(request.args.get("days") or 7)
    if days > 30:
        return []
    return query.since(timedelta(days=days))


@routes.route("/d")
def capped(query):
    limit = request.args.get("limit", 20, type=int)
    limit = min(limit, MOST)
    return query.limit(limit).all()


@routes.route("/e")
def capped_at_once(query):
    limit = min(int(request.args.get("limit", 20)), MOST)
    return query.limit(limit).all()


@routes.route("/f")
def text(query):
    limit = request.args.get("limit")
    return query.limit(limit).all()


@routes.route("/g")
def of_what_is_there(rows):
    count = int(request.args.get("count", 10))
    return rows[:count]


@routes.route("/h/<int:per_page>")
def in_the_path(per_page):  # AUD615
    return pages(per_page)


def pages(per_page):
    return Page.query.order_by(Page.id).limit(per_page).all()


@routes.route("/i/<int:limit>/<name>")
def bounded_path(limit, name):
    if limit > MOST:
        limit = MOST
    return Page.query.filter_by(name=name).limit(limit).all()


@routes.route("/j")
def another_get(settings, query):
    limit = settings.args.get("limit", 20, type=int)
    return query.limit(limit).all()


@routes.route("/j/<offset>/<per_page>")
def text_in_the_path(offset, per_page, query):  # AUD615
    return query.offset(offset).limit(per_page).all()


@routes.route("/k")
def by_pages(query):
    per_page = request.args.get("per_page", type=int, default=20)  # AUD615
    return query.paginate(request.args.get("page", 1, type=int), per_page).items


@routes.route("/l")
def by_capped_pages(query):
    per_page = request.args.get("per_page", type=int, default=20)
    return query.paginate(page=1, per_page=per_page).items


@routes.route("/m")
def until_the_end(file):
    limit = int(request.args.get("limit", 500))
    lines = []
    for _ in range(limit):
        line = file.readline()
        if not line:
            break
        lines.append(line)
    return lines
