"""Questionnaires over the wire: making, changing, taking out, bringing in."""

import uuid
from contextlib import closing

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cocreate.core.forms import as_uuid, given_form, read_form, text_of
from cocreate.core.problems import Invalid, NotFound
from cocreate.indicators.forms.instruments import (
    EmptyForm,
    EqualityForm,
    InstrumentFileForm,
    InstrumentForm,
    ItemForm,
    NewItemForm,
    OwnedForm,
    PlaceForm,
    TitleForm,
    given,
)
from cocreate.indicators.instrument_files import MAX_BYTES, InstrumentError, write_instrument
from cocreate.indicators.queries.instruments import (
    all_questions_of,
    definition_now,
    instrument_seen,
    instruments_of,
    owners_open_to,
    signs_to_ask,
)
from cocreate.indicators.service import composing, versions
from cocreate.indicators.service.building import Cautioned
from cocreate.indicators.views.blueprint import SPACE, blueprint
from cocreate.indicators.views.questionnaire import open_items, page_of
from cocreate.spaces.access import Here, enter
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Act

ALL = f"{SPACE}/instruments"
ONE = f"{ALL}/<uuid:instrument_id>"
ITEM = f"{ONE}/items/<uuid:item_id>"


@blueprint.get(ALL)
def instruments(space_id: uuid.UUID) -> ResponseReturnValue:
    """The questionnaires of a space, and how to make another."""
    here = enter(space_id, Act.READ)
    if not here.viewer.is_member:
        raise NotFound
    return _list(here)


@blueprint.post(ALL)
def make_instrument(space_id: uuid.UUID) -> ResponseReturnValue:
    """A questionnaire out of signs."""
    here = _maker(space_id)
    form = given_form(InstrumentForm)
    form.offer(signs_to_ask(here.viewer))
    _offer_owners(here, form)
    if not form.validate():
        return _list(here, form=form), 422
    made = composing.compose_from_signs(here.viewer, text_of(form.title), given(form), form.voice_id)
    return _to(space_id, made)


@blueprint.post(f"{ALL}/files")
def bring_in_instrument(space_id: uuid.UUID) -> ResponseReturnValue:
    """A questionnaire out of a file, whole or not at all."""
    here = _maker(space_id)
    form = given_form(InstrumentFileForm)
    form.file.process(request.files)
    _offer_owners(here, form)
    if not form.validate():
        return _list(here, file_form=form), 422
    with closing(form.file.data) as file:
        data = file.read(MAX_BYTES + 1)
    try:
        made = composing.compose_from_file(here.viewer, data, form.voice_id)
    except InstrumentError as error:
        form.file.errors = [_(error.message, **error.params)]
        return _list(here, file_form=form), 422
    return _to(space_id, made)


def _maker(space_id: uuid.UUID) -> Here:
    here = enter(space_id, Act.CONTRIBUTE)
    if not owners_open_to(here.viewer):
        raise NotFound
    return here


def _offer_owners(here: Here, form: OwnedForm) -> None:
    form.offer_owners(owners_open_to(here.viewer), voices_of(here.space.id))


def _list(here: Here, form: InstrumentForm | None = None, file_form: InstrumentFileForm | None = None) -> str:
    signs = signs_to_ask(here.viewer)
    form = form or InstrumentForm(formdata=None)
    file_form = file_form or InstrumentFileForm(formdata=None)
    form.offer(signs)
    for each in (form, file_form):
        _offer_owners(here, each)
    return render_template(
        "indicators/instruments.html",
        here=here,
        space=here.space,
        instruments=instruments_of(here.space.id),
        voices={each.id: each for each in voices_of(here.space.id)},
        may_make=bool(owners_open_to(here.viewer)),
        signs=signs,
        form=form,
        file_form=file_form,
    )


@blueprint.get(ONE)
def instrument(space_id: uuid.UUID, instrument_id: uuid.UUID) -> ResponseReturnValue:
    """One version of a questionnaire, question by question."""
    here = enter(space_id, Act.READ)
    return page_of(here, instrument_seen(here.viewer, instrument_id))


@blueprint.get(f"{ONE}/file.json")
def take_instrument(space_id: uuid.UUID, instrument_id: uuid.UUID) -> ResponseReturnValue:
    """This version as a file."""
    here = enter(space_id, Act.READ)
    version = instrument_seen(here.viewer, instrument_id)
    if any(each.is_taken_back for each in all_questions_of(version)):
        raise NotFound  # somebody took words back: what is left is no whole questionnaire
    answer = make_response(write_instrument(definition_now(version)))
    answer.mimetype = "application/json"
    answer.headers["Content-Disposition"] = f'attachment; filename="questionnaire-{version.version}.json"'
    return answer


@blueprint.post(f"{ONE}/versions")
def make_version(space_id: uuid.UUID, instrument_id: uuid.UUID) -> ResponseReturnValue:
    """A copy to change, once people answered."""
    here = enter(space_id, Act.CONTRIBUTE)
    read_form(EmptyForm)
    return _to(space_id, versions.make_version(here.viewer, instrument_id))


@blueprint.post(f"{ONE}/title")
def rename_instrument(space_id: uuid.UUID, instrument_id: uuid.UUID) -> ResponseReturnValue:
    """Another name."""
    here = enter(space_id, Act.CONTRIBUTE)
    composing.rename(here.viewer, instrument_id, text_of(read_form(TitleForm).title))
    return _to(space_id, instrument_id)


@blueprint.post(f"{ONE}/order")
def order_instrument(space_id: uuid.UUID, instrument_id: uuid.UUID) -> ResponseReturnValue:
    """A better order, in one press."""
    here = enter(space_id, Act.CONTRIBUTE)
    read_form(EmptyForm)
    composing.put_in_order(here.viewer, instrument_id)
    return _to(space_id, instrument_id)


@blueprint.post(f"{ONE}/items")
def add_item(space_id: uuid.UUID, instrument_id: uuid.UUID) -> ResponseReturnValue:
    """One sign more."""
    here = enter(space_id, Act.CONTRIBUTE)
    sign_id = uuid.UUID(read_form(NewItemForm).indicator_id.data)
    composing.add_sign(here.viewer, instrument_id, sign_id)
    return _to(space_id, instrument_id)


@blueprint.post(ITEM)
def reword_item(space_id: uuid.UUID, instrument_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Other words, or another sensitivity; with words that may hurt only for a reason."""
    here = enter(space_id, Act.CONTRIBUTE)
    form = given_form(ItemForm)
    if form.validate():
        given_words = (text_of(form.text), int(form.sensitivity.data), text_of(form.overruled_because))
        try:
            composing.reword(here.viewer, instrument_id, item_id, *given_words)
            return _to(space_id, instrument_id)
        except Cautioned as cautioned:
            form.overruled_because.errors = [str(cautioned.message), *cautioned.fields["overruled_because"]]
            problem = cautioned.fields
    else:
        problem = form.problems()
    version = instrument_seen(here.viewer, instrument_id)
    if request.is_json or item_id not in open_items(here, version):
        raise Invalid(fields=problem)
    return page_of(here, version, {item_id: form}), 422


@blueprint.post(f"{ITEM}/place")
def move_item(space_id: uuid.UUID, instrument_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """One place earlier or later."""
    here = enter(space_id, Act.CONTRIBUTE)
    composing.move(here.viewer, instrument_id, item_id, read_form(PlaceForm).by)
    return _to(space_id, instrument_id)


@blueprint.post(f"{ITEM}/removal")
def remove_item(space_id: uuid.UUID, instrument_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Without this question."""
    here = enter(space_id, Act.CONTRIBUTE)
    read_form(EmptyForm)
    composing.remove_question(here.viewer, instrument_id, item_id)
    return _to(space_id, instrument_id)


@blueprint.post(f"{ITEM}/equality")
def declare_equal(space_id: uuid.UUID, instrument_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """It asks the same as an earlier question, or not after all."""
    here = enter(space_id, Act.CONTRIBUTE)
    question_id = as_uuid(read_form(EqualityForm).question_id.data)
    versions.declare_equal(here.viewer, instrument_id, item_id, question_id)
    return _to(space_id, instrument_id)


def _to(space_id: uuid.UUID, instrument_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(f"/spaces/{space_id}/instruments/{instrument_id}", 303)
