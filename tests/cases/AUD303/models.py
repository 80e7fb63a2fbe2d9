import logging

import pydantic

logger = logging.getLogger(__name__)


class Template(pydantic.BaseModel):
    name: str


class Mail:
    def __init__(self, template):
        template.load()


def merge(ours, theirs):
    try:
        Template(**theirs)
        return [*ours, theirs]
    except Exception as error:
        logger.error("the template is not valid: %s", error)
        return ours


def mail(template):
    try:
        return Mail(template)
    except Exception as error:
        logger.error("no mail: %s", error)  # AUD303
        return None


def merge_all(found):
    templates = []
    try:
        for one in found:
            templates.append(Template(name=str(one)))
    except Exception as error:
        logger.error("a template is not valid: %s", error)  # AUD303
    return templates
