"""A second place that fills the state: what it is cannot be told there."""


def fill(app, store):
    app.state.twice = store
