"""What the tests of a workshop start from."""

import pytest

from tests.workshops.arriving import Meeting


@pytest.fixture
def steward(new_browser, space):
    """The browser of who leads the space."""
    return new_browser(space.steward)


@pytest.fixture
def meeting(app, space, workshop, member, new_browser, steward):
    """A meeting that goes on, with who leads it and somebody at a tablet."""
    return Meeting(app, space, workshop, member, steward, new_browser(member))
