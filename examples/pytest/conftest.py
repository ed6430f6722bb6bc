from fauxdr_fixture import fauxdr, fauxdr_url  # noqa: F401  the names are what pytest looks for


def pytest_configure(config):
    config.addinivalue_line("markers", "fauxdr(**settings): settings of the test's own world")
