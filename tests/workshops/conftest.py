"""What the tests of a workshop start from."""

import pytest


@pytest.fixture
def steward(new_browser, space):
    """The browser of who leads the space."""
    return new_browser(space.steward)
