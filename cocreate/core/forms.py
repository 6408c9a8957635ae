"""Forms at the edge: what is not on the list is refused, what cannot be stored is refused."""

import uuid
from typing import Any, TypeVar

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.fields import SelectChoice as Choice  # type: ignore[attr-defined]  # stubs are of 3.2
from wtforms.validators import DataRequired, InputRequired, ValidationError

from cocreate.core.problems import Invalid

__all__ = [
    "Choice",
    "Form",
    "as_uuid",
    "given_form",
    "is_day",
    "is_uuid",
    "json_body",
    "read_form",
    "read_part",
    "text_of",
    "tidy",
]

F = TypeVar("F", bound="Form")
TEXT_MAX = 2000
FIRST_YEAR = 2000  # a year with two figures is a slip of the finger
YEARS = 200  # and what is later breaks a calendar somewhere


class _Words:
    """What the form library says by itself, in our own words."""

    def gettext(self, text: str) -> str:
        """One sentence for each thing that can be wrong."""
        if "required" in text:
            return str(_("Something is not filled in right yet."))
        return str(_("Choose one of the answers.") if "choice" in text else _("This does not fit here."))

    def ngettext(self, _one: str, _many: str, _count: int) -> str:
        """Only lengths are counted."""
        return str(_("This is too long, or too short."))


class Form(FlaskForm):  # type: ignore[misc]
    """The base of every form; forged requests are stopped before it, by `core.security`."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """How every form speaks."""

        def get_translations(self, _form: object) -> _Words:
            """Our own words, in the language of the page."""
            return _Words()

    def problems(self) -> dict[str, list[str]]:
        """What does not fit, per field, in plain words."""
        return {name: [str(error) for error in errors] for name, errors in self.errors.items() if name}


def read_form(kind: type[F], **defaults: Any) -> F:
    """The form as sent, valid; `Invalid` names the fields that do not fit."""
    return _valid(given_form(kind, **defaults))


def read_part(kind: type[F], part: object) -> F:
    """A part of a JSON body as a form of its own, valid."""
    return _valid(_known(kind, _flat(part)))


def json_body() -> dict[str, Any]:
    """The JSON that was sent; `Invalid` when it is no object."""
    if not request.is_json:
        raise Invalid(_l("We could not read what was sent."))
    try:
        body = request.get_json()
    except RecursionError as error:  # nested deeper than any of our pages ever sends
        raise Invalid(_l("We could not read what was sent.")) from error
    if not isinstance(body, dict):
        raise Invalid(_l("We could not read what was sent."))
    return body


def _valid(form: F) -> F:
    if not form.validate():
        raise Invalid(fields=form.problems())
    return form


def given_form(kind: type[F], **defaults: Any) -> F:
    """The form as sent, not yet validated; `Invalid` when it holds a field we never asked for."""
    return _known(kind, _given(), **defaults)


def _known(kind: type[F], data: MultiDict[str, str], **defaults: Any) -> F:
    form = kind(formdata=data, **defaults)
    unknown = sorted(set(data) - {field.name for field in form} - {"csrf_token"})
    if unknown:
        raise Invalid(fields={name[:80]: [_("We did not ask for this.")] for name in unknown[:20]})
    return form


def _given() -> MultiDict[str, str]:
    if not request.is_json:
        return MultiDict((key, _storable(value)) for key, value in request.form.items(multi=True))
    return _flat(json_body())


def _flat(body: object) -> MultiDict[str, str]:
    if not isinstance(body, dict):
        raise Invalid(_l("We could not read what was sent."))
    data: MultiDict[str, str] = MultiDict()
    for key, value in body.items():
        for part in value if isinstance(value, list) else [value]:
            if part is not None:
                data.add(key, _plain(part))
    return data


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, (str, int, float)):
        return _storable(str(value))
    raise Invalid(_l("We could not read what was sent."))


def _storable(text: str) -> str:
    # PostgreSQL keeps no NUL, and half a surrogate pair is no letter in any database.
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Invalid(_l("There is a character in it that we cannot keep. Please type it again."))
    return text


def tidy(text: str | None) -> str | None:
    """Without spaces around it; nothing when nothing is left. A filter for text fields."""
    return (text or "").strip().replace("\r\n", "\n") or None


def is_uuid(_form: object, field: Field) -> None:
    """A validator: the text is a UUID."""
    try:
        uuid.UUID(str(field.data))
    except ValueError as error:
        raise ValidationError(_("This does not point to anything.")) from error


def is_day(_form: object, field: Field) -> None:
    """A validator: a day, or a moment, that can be meant. Every field with one has it."""
    if field.data and not FIRST_YEAR <= field.data.year < FIRST_YEAR + YEARS:
        raise ValidationError(_("Look at the year. Is it right?"))


def text_of(field: Field) -> str:
    """What was typed; nothing is an empty text."""
    return str(field.data or "")


def needed(field: Field) -> str:
    """What to say when a field that must be filled in is empty; for templates."""
    kinds = (InputRequired, DataRequired)
    message = next((check.message for check in field.validators if isinstance(check, kinds)), None)
    return str(message or _("Something is not filled in right yet."))


def as_uuid(text: str | None) -> uuid.UUID | None:
    """The UUID in a validated field, or None when it was left empty."""
    return uuid.UUID(text) if text else None
