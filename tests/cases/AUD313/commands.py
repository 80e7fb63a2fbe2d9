import logging

import click

logger = logging.getLogger(__name__)


@click.command()
def add_token(make_token):
    auth_token = make_token()
    logger.info("the token: %s", auth_token)
