"""Texts of exceptions on the pages that a browser shows."""

from django.contrib import messages
from django.shortcuts import redirect as go_to
from django.shortcuts import render
from django.views import View
from flask import Flask, flash, redirect, render_template

app = Flask(__name__)


@app.post("/orders")
def order():
    try:
        save_order()
    except Exception as error:
        flash(f"the order cannot be kept: {error}", "danger")  # AUD308
    return redirect("/orders")


@app.get("/orders")
def orders():
    try:
        return render_template("orders.html", orders=load_orders())
    except Exception as error:
        return render_template("failed.html", message=str(error)), 500  # AUD308


@app.get("/invoices")
def invoices():
    failure = None
    rows = []
    try:
        rows = load_invoices()
    except Exception as error:
        failure = str(error)
    return render_template("invoices.html", rows=rows, failure=failure)  # AUD308


@app.post("/receipts")
def receipt():
    try:
        save_receipt()
    except Exception:
        app.logger.exception("no receipt")
        flash("the receipt cannot be kept", "danger")
    return redirect("/receipts")


@app.post("/numbers")
def number():
    try:
        parse_number()
    except Exception as error:
        flash(str(error), "danger")
    return redirect("/numbers")


@app.post("/setup/database")
def validate_database():
    try:
        ask_database()
    except Exception as error:
        flash(str(error), "danger")
    return redirect("/setup")


def transfer(request):
    try:
        move_money(request.user)
    except Exception as error:
        messages.error(request, f"not moved: {error}")  # AUD308
    return go_to("accounts")


def transfers(request):
    context = {}
    try:
        context["rows"] = load_transfers(request.user)
    except Exception as error:
        context["failure"] = str(error)  # AUD308
    return render(request, "transfers.html", context)


def transfer_again(request):
    try:
        move_money(request.user)
    except PermissionError as error:
        messages.error(request, str(error))
    return go_to("accounts")


class OrderAdminMixin(View):
    def post(self, request):
        try:
            send_all(request.POST)
        except Exception as error:
            messages.error(request, f"not sent: {error}")
        return go_to("orders")
