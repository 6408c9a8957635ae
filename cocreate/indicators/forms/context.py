"""A figure from elsewhere: what it says, of where and when, and who says so."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from cocreate.core.forms import Choice, Form, text_of, tidy
from cocreate.indicators.service.context import About, ContextDraft

LONG = _l("This is longer than we can keep. Please make it shorter.")


def _line(label: str, most: int, why: str | None = None, hint: str = "") -> StringField:
    needed = [DataRequired(why)] if why else []
    return StringField(
        label, description=hint, filters=[tidy], validators=[*needed, Length(max=most, message=LONG)]
    )


class ContextForm(Form):
    """A figure from elsewhere. Without a source it is hearsay, and does not stand beside ours."""

    label = _line(_l("What does it say?"), 300, _l("Say what it is a figure of."))
    value = _line(
        _l("The figure"),
        40,
        _l("Fill in the figure."),
        _l("As the source writes it, for example 3.4, or 1 in 5."),
    )
    unit = _line(_l("Unit, if you like"), 80)
    place = _line(_l("Of which place?"), 120, _l("Say of which place it is."))
    period = _line(_l("Of when?"), 80, _l("Say of which period it is."))
    source = _line(_l("Who says so?"), 1000, _l("Without a source others cannot look it up."))
    note = TextAreaField(
        _l("What should one know beside it? (if you like)"),
        filters=[tidy],
        validators=[Length(max=1000, message=LONG)],
    )
    about = SelectField(_l("Beside what does it stand?"))
    back = HiddenField()

    @classmethod
    def beside(cls, choices: Sequence[Choice]) -> type["ContextForm"]:
        """The form with what there is to stand beside."""
        field = SelectField(_l("Beside what does it stand?"), choices=list(choices), default="")
        made: type[ContextForm] = type("ContextFormHere", (cls,), {"about": field})
        return made

    def draft(self) -> ContextDraft:
        """What was filled in."""
        fields: dict[str, Field] = {
            name: self[name] for name in ("label", "value", "unit", "place", "period", "source", "note")
        }
        return ContextDraft(
            about=About.read(text_of(self.about)), **{name: text_of(each) for name, each in fields.items()}
        )


class RemovalForm(Form):
    """Take a figure away."""

    back = HiddenField()
