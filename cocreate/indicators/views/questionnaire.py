"""The page of one version of a questionnaire."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import render_template

from cocreate.indicators import order
from cocreate.indicators.edits import scored
from cocreate.indicators.forms.instruments import ItemForm, TitleForm
from cocreate.indicators.models import Instrument
from cocreate.indicators.queries.instruments import (
    Question,
    all_questions_of,
    declared_in,
    definition_of,
    equals_of,
    is_newest,
    may_compose,
    minutes_of,
    newest_of,
    signs_to_ask,
)
from cocreate.indicators.queries.open_rounds import is_open as is_asked_now
from cocreate.indicators.queries.overruled import overruled_in, unexplained_in
from cocreate.indicators.wording import delicacy_words
from cocreate.spaces.access import Here
from cocreate.spaces.queries import voices_of


def page_of(here: Here, version: Instrument, typed: Mapping[uuid.UUID, ItemForm] | None = None) -> str:
    """The page, with what was typed in the form of a question where that was refused."""
    shown = _shown(here, version)
    shown["item_forms"] |= typed or {}
    return render_template(
        "indicators/instrument.html", here=here, space=here.space, instrument=version, **shown
    )


def open_items(here: Here, version: Instrument) -> set[uuid.UUID]:
    """The questions that this viewer can change on the page."""
    if version.frozen_at is not None or not may_compose(here.viewer, version.voice_id):
        return set()
    return {each.item_id for each in all_questions_of(version) if not each.is_taken_back}


def _shown(here: Here, version: Instrument) -> dict[str, Any]:
    questions = all_questions_of(version)
    asked = [each for each in questions if each.is_asked]
    may_change = may_compose(here.viewer, version.voice_id)
    is_open = may_change and version.frozen_at is None
    wrong = order.misplaced([each.sensitivity for each in asked])
    return {
        "questions": questions,
        "minutes": minutes_of(asked),
        "wrong": [
            (each, asked[each.place], None if each.instead is None else asked[each.instead]) for each in wrong
        ],
        "may_change": may_change,
        "is_open": is_open,
        "is_asked_now": is_asked_now(version),
        "newest": None if is_newest(version) else newest_of(version.series_id),
        "owner": next((each for each in voices_of(here.space.id) if each.id == version.voice_id), None),
        "delicacy": delicacy_words(),
        "overruled": overruled_in(here.space.id, questions),
        "hints": unexplained_in(here.space.id, questions) if is_open else {},
        "scored": scored(definition_of(version)),
        "equals": {item.id: equals_of(version, item) for item in version.items} if is_open else {},
        "declared": declared_in(version),
        "signs": signs_to_ask(here.viewer, [each.indicator_id for each in questions]) if is_open else [],
        "title_form": TitleForm(formdata=None, data={"title": version.title}),
        "item_forms": {each.item_id: _item_form(each) for each in questions} if is_open else {},
    }


def _item_form(question: Question) -> ItemForm:
    data = {
        "text": question.text,
        "sensitivity": str(question.sensitivity),
        "overruled_because": question.because,
    }
    return ItemForm(formdata=None, data=data, prefix="")
