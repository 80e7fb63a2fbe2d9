"""A template: whoever generates a service writes the tests."""


def test_settings_have_required_fields():
    """Settings have all required fields."""
    pass
