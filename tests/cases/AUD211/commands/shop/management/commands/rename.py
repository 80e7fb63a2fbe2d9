"""What fails in a command of Django's ends its process; what it never closes stays a fault."""

import json

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    def handle(self, *args, **options):
        dump = open(options["dump"])
        rows = json.loads(dump.read())
        dump.close()
        notes = open(options["notes"])  # AUD211
        for row in rows:
            self.rename(row, notes.readline())

    def rename(self, row, note):
        row["note"] = note
