import logging

from django.core.management.base import BaseCommand

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    def handle(self, *args, **options):
        try:
            load_orders(options["file"])
        except Exception as error:
            logger.error("not loaded: %s", error)
