from django.db import models


class Skill(models.Model):
    draft = models.TextField()
    is_open = models.BooleanField()
    size = models.IntegerField()

    @property
    def has_draft(self):
        return bool(self.draft.strip())


def with_draft():
    # What a property tells, the database does not know.
    return sum(1 for skill in Skill.objects.filter(is_open=True) if skill.has_draft)


def open_ones():
    return sum(1 for skill in Skill.objects.filter(size=1) if skill.is_open)  # AUD418


def sizes():
    return sum(skill.size for skill in Skill.objects.all())  # AUD418
