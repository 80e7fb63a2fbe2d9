"""Routes on a blueprint of another module."""

from flask_login import login_required

from shop import pages


@pages.route("/orders")
@login_required
def orders(): ...


@pages.route("/orders/<int:number>")
@login_required
def order(number): ...


@pages.route("/orders", methods=["POST"])
@login_required
def add_order(): ...


@pages.route("/orders/<int:number>", methods=["PUT"])
@login_required
def change_order(number): ...


@pages.route("/orders/<int:number>", methods=["DELETE"])
def remove_order(number): ...  # AUD603
