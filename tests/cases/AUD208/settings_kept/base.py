class Base:
    def __init__(self, address, disable_certificate_validation=False, proxied=False):
        self.address = address
        self.dcv = disable_certificate_validation
        self.proxied = proxied
