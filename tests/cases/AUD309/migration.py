import logging

from alembic import op

logger = logging.getLogger(__name__)


def upgrade():
    logger.info("upgrading")
    print("removing duplicates")
    op.drop_table("orders")
