class Archive:
    def put(self, order):
        try:
            self.connection.insert(order)
            return True, None
        except Exception as error:
            return False, str(error)  # AUD308

    def drop(self, order):
        try:
            self.connection.delete(order)
            return True, None
        except Exception as error:
            return False, str(error)
