"""A hook looks at every request before its route."""

from flask_login import login_required

from shop import looked_at


@looked_at.before_request
def known_only(): ...


@looked_at.route("/orders")
@login_required
def orders(): ...


@looked_at.route("/orders", methods=["POST"])
@login_required
def add_order(): ...


@looked_at.route("/orders/<int:number>", methods=["PUT"])
@login_required
def change_order(number): ...


@looked_at.route("/orders/<int:number>", methods=["DELETE"])
def remove_order(number): ...
