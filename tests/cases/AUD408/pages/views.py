from flask import Blueprint, render_template
from models import Author, Book
from sqlalchemy.orm import selectinload

pages = Blueprint("pages", __name__)


@pages.route("/books")
def books():
    found = Book.query.limit(20).all()  # AUD408
    return render_template("books/list.html", books=found)


@pages.route("/pages")
def numbered():
    return render_template(
        "books/pages.html",
        pagination=Book.query.paginate(page=1, per_page=20),  # AUD408
    )


@pages.route("/context")
def context():
    values = {"title": "Books"}
    values["books"] = Book.query.limit(20).all()  # AUD408
    return render_template("books/list.html", **values)


@pages.route("/updated")
def updated():
    values = {}
    values.update({"books": Book.query.limit(20).all()})  # AUD408
    return render_template("books/list.html", **values)


@pages.route("/loaded")
def loaded():
    found = Book.query.options(selectinload(Book.author)).limit(20).all()
    return render_template("books/list.html", books=found)


@pages.route("/titles")
def titles():
    return render_template("books/titles.html", books=Book.query.limit(20).all())


@pages.route("/sometimes")
def sometimes():
    return render_template("books/sometimes.html", books=Book.query.limit(20).all())


@pages.route("/asked")
def asked():
    return render_template("books/asked.html", authors=Author.query.limit(20).all())  # AUD408


@pages.route("/one")
def one():
    return render_template("books/one.html", book=Book.query.get_or_404(1))


@pages.route("/missing")
def missing():
    return render_template("books/missing.html", books=Book.query.limit(20).all())


@pages.route("/other")
def other():
    return render_template("books/list.html", authors=Author.query.limit(20).all())


@pages.route("/sold")
def sold():
    return render_template("books/sold.html", books=Book.query.limit(20).all())  # AUD408


@pages.route("/lent")
def lent():
    return render_template("books/lent.html", books=Book.query.limit(20).all())  # AUD408
