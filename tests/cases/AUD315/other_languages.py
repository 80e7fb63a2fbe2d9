import logging

logger = logging.getLogger(__name__)


class Messages:
    def __init__(self, client):
        self.client = client

    def fetch_quoted(self, number):
        """
        取被引用的消息。

        返回纯文本字符串；失败时返回 None（不抛异常、不影响主流程）。
        """
        try:
            found = self.client.messages.get(number)
            if not found:
                return None
            return found.text
        except Exception as error:
            logger.warning("no message %s: %s", number, error)
            return None

    def fetch_sender(self, number):
        """Имя отправителя; при ошибке None."""
        try:
            found = self.client.messages.get(number)
            if not found:
                return None
            return found.sender
        except Exception as error:
            logger.warning("no sender %s: %s", number, error)
            return None

    def fetch_limits(self, number):
        try:
            found = self.client.limits.get(number)
            if not found:
                return None
            return found.limits
        except Exception as error:  # never block traffic on this question
            logger.error("no limits %s: %s", number, error)
            return None

    def fetch_body(self, number):
        """取消息正文，没有就返回 None。"""
        try:
            found = self.client.messages.get(number)
            if not found:
                return None
            return found.body
        except Exception as error:
            logger.warning("no body %s: %s", number, error)
            return None  # AUD315
