"""The form that every contribution comes in: its id, where it was made, by whom, for whom it is meant."""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from flask import jsonify, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import Optional

from cocreate.core.audience import Visibility
from cocreate.core.db import new_id
from cocreate.core.forms import Choice, Form, as_uuid, is_uuid, read_form
from cocreate.core.i18n import local_target
from cocreate.core.problems import NotFound
from cocreate.spaces.access import Here, enter
from cocreate.spaces.contributions import Arrival
from cocreate.spaces.rules import Act

F = TypeVar("F", bound="ContributionForm")

AUDIENCES = [
    Choice(Visibility.MAKER, _l("Only me")),
    Choice(Visibility.WORKSHOP, _l("The people in this meeting")),
    Choice(Visibility.SPACE, _l("Everybody in this space")),
    Choice(Visibility.PUBLIC, _l("Everybody, also outside")),
]


class ContributionForm(Form):
    """What comes along with every contribution."""

    id = HiddenField(validators=[Optional(), is_uuid])
    workshop_id = HiddenField(validators=[Optional(), is_uuid])  # none: between meetings
    # A tablet may change hands while something still waits on it; this keeps it its maker's.
    membership_id = HiddenField(validators=[Optional(), is_uuid])
    back = HiddenField()
    visibility = RadioField(_l("Who may see this?"), choices=AUDIENCES, default=Visibility.MAKER)

    def arrival(self) -> Arrival:
        """The part that is the same for all."""
        return Arrival(
            uuid.UUID(self.id.data) if self.id.data else new_id(),
            as_uuid(self.workshop_id.data),
            Visibility(self.visibility.data or Visibility.MAKER),
        )


def receive(
    space_id: uuid.UUID, kind: type[F], keep: Callable[[Here, F], dict[str, Any]]
) -> ResponseReturnValue:
    """Read a contribution, keep it, and say so: 201 as JSON, or back to the page it came from."""
    here = enter(space_id, Act.CONTRIBUTE)
    form = read_form(kind)
    if form.membership_id.data and uuid.UUID(form.membership_id.data) != here.viewer.membership_id:
        raise NotFound(_l("This was told by somebody else on this tablet. It waits until they are back."))
    answer = keep(here, form)
    if request.is_json:
        return jsonify(answer), 201
    workshop_id = as_uuid(form.workshop_id.data)
    came_from = f"/workshops/{workshop_id}/stage" if workshop_id else f"/spaces/{space_id}"
    return redirect(local_target(form.back.data, came_from), 303)
