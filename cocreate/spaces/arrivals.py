"""The form that every contribution comes in: its id, where it was made, by whom, for whom it is meant."""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from flask import jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import Optional

from cocreate.core.audience import Visibility
from cocreate.core.db import new_id
from cocreate.core.forms import Choice, Form, as_uuid, given_form, is_uuid
from cocreate.core.i18n import local_target
from cocreate.core.problems import Conflict, DomainError, Invalid, NotFound
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


_PLAIN = (BooleanField, DateField, HiddenField, IntegerField, RadioField, StringField)


class ContributionForm(Form):
    """What comes along with every contribution."""

    id = HiddenField(validators=[Optional(), is_uuid])
    workshop_id = HiddenField(validators=[Optional(), is_uuid])  # none: between meetings
    step_id = HiddenField(validators=[Optional(), is_uuid])  # in which part of it
    # A tablet may change hands while something still waits on it; this keeps it its maker's.
    membership_id = HiddenField(validators=[Optional(), is_uuid])
    back = HiddenField()
    visibility = RadioField(_l("Who may see this?"), choices=AUDIENCES, default=Visibility.MAKER)
    is_by_helper = BooleanField(_l("Somebody else writes this down for me"))
    is_signed = BooleanField(_l("Put my name with it"))

    @property
    def has_words(self) -> bool:
        """Whether somebody typed words that a page with this form can show again."""
        is_plain = all(isinstance(each, _PLAIN) for each in self if each.name != "csrf_token")
        return is_plain and any(isinstance(each, TextAreaField) and each.data for each in self)

    def hidden_problems(self) -> list[str]:
        """What does not fit where nobody sees a field."""
        return [str(told) for each in self if isinstance(each, HiddenField) for told in each.errors]

    def arrival(self) -> Arrival:
        """The part that is the same for all."""
        return Arrival(
            uuid.UUID(self.id.data) if self.id.data else new_id(),
            as_uuid(self.workshop_id.data),
            Visibility(self.visibility.data or Visibility.MAKER),
            bool(self.is_by_helper.data),
            bool(self.is_signed.data),
            as_uuid(self.step_id.data),
        )


def receive(
    space_id: uuid.UUID, kind: type[F], keep: Callable[[Here, F], dict[str, Any]]
) -> ResponseReturnValue:
    """Read a contribution, keep it, and say so: 201 as JSON, or back to the page it came from."""
    here = enter(space_id, Act.CONTRIBUTE)
    form = given_form(kind)
    try:
        answer = _kept(here, form, keep)
    except (Invalid, Conflict) as refused:
        if request.is_json or not form.has_words:
            raise
        return _set_right(here, form, refused), refused.status
    if request.is_json:
        return jsonify(answer), 201
    return redirect(_came_from(space_id, form), 303)


def _kept(here: Here, form: F, keep: Callable[[Here, F], dict[str, Any]]) -> dict[str, Any]:
    if not form.validate():
        raise Invalid(fields=form.problems())
    if form.membership_id.data and uuid.UUID(form.membership_id.data) != here.viewer.membership_id:
        raise NotFound(_l("This was told by somebody else on this tablet. It waits until they are back."))
    return keep(here, form)


def _set_right(here: Here, form: ContributionForm, refused: DomainError) -> str:
    """The same form once more, with what was typed: nobody types it twice."""
    if not form.workshop_id.data:
        form.visibility.choices = [each for each in AUDIENCES if each.value != Visibility.WORKSHOP]
    return render_template(
        "spaces/refused.html",
        here=here,
        space=here.space,
        form=form,
        told=[str(refused.message)] if refused.message else form.hidden_problems(),
        came_from=_came_from(here.space.id, form),
    )


def _came_from(space_id: uuid.UUID, form: ContributionForm) -> str:
    workshop_id = None if form.workshop_id.errors else as_uuid(form.workshop_id.data)
    came_from = f"/workshops/{workshop_id}/stage" if workshop_id else f"/spaces/{space_id}"
    return local_target(form.back.data, came_from)
