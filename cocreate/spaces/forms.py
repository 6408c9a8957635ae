"""Opening a space and changing it; who must be heard in it; what is open between meetings."""

import uuid
from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from cocreate.core.forms import Choice, Form, is_uuid, text_of, tidy
from cocreate.core.i18n import LANGUAGES
from cocreate.spaces.queries import VoiceFacts
from cocreate.spaces.rules import FEWEST, MOST_FEWEST, OWN_VOICES_MAX, Activity, Term, VoiceWish
from cocreate.spaces.service import SpaceDraft

VOICE_NAME_MAX = 40
MOST_WISHED = 1000
_FEWEST = _l("Choose a number from %(least)s to %(most)s.", least=FEWEST, most=MOST_FEWEST)


class _FewestField(IntegerField):
    def process_formdata(self, valuelist: list[str]) -> None:
        """A number as people type it; anything else is told in our words."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(str(_FEWEST)) from error


class _AsItWas(Optional):
    """Left open it stays as it was, so the page does not call it something to leave out."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags = {}


class OpeningForm(Form):
    """What everybody may answer between meetings, or not any more."""

    activity = RadioField(
        _l("What is open?"), choices=[Choice(each, each) for each in Activity], validators=[InputRequired()]
    )
    open = HiddenField()
    back = HiddenField()


class CompositionForm(Form):
    """Of which voices somebody must be heard, and how many people of each the space hopes to hear."""

    @classmethod
    def for_voices(cls, voices: Sequence[VoiceFacts]) -> type["CompositionForm"]:
        """A form with three fields for each of these voices."""
        fields: dict[str, object] = {}
        for voice in voices:
            fields[f"needed_{voice.id.hex}"] = BooleanField(_l("Nothing is agreed without this voice"))
            fields[f"wished_{voice.id.hex}"] = IntegerField(
                _l("How many people do you hope to hear?"),
                validators=[
                    Optional(),
                    NumberRange(
                        1, MOST_WISHED, message=_l("Use a number from 1 to 1,000, or leave it open.")
                    ),
                ],
            )
            fields[f"panel_{voice.id.hex}"] = BooleanField(
                _l("This voice is a panel: its signs are its own"),
                description=_l("Only who speaks with this voice changes those signs and decides about them."),
            )
        return type(cls.__name__, (cls,), fields)

    def wishes(self, voices: Sequence[VoiceFacts]) -> dict[uuid.UUID, VoiceWish]:
        """What was filled in, by voice."""
        return {
            voice.id: VoiceWish(
                self[f"needed_{voice.id.hex}"].data,
                self[f"wished_{voice.id.hex}"].data,
                self[f"panel_{voice.id.hex}"].data,
            )
            for voice in voices
        }


class SpaceForm(Form):
    """What a space is called, what it is for, who speaks in it, and in which words."""

    name = StringField(
        _l("What is the space called?"),
        description=_l("For example: Our neighbourhood."),
        filters=[tidy],
        validators=[DataRequired(_l("Give the space a name.")), Length(max=120)],
    )
    purpose = TextAreaField(
        _l("What is it for?"),
        description=_l("One or two sentences. Everybody who takes part reads them."),
        filters=[tidy],
        validators=[Length(max=600, message=_l("Use at most 600 characters."))],
    )
    language = RadioField(
        _l("In which language do you begin?"),
        description=_l("Everybody can choose their own."),
        choices=[Choice(code, name) for code, name in LANGUAGES.items()],
        default="nl",
    )
    own_voices = TextAreaField(
        _l("Other voices"),
        description=_l(
            "Residents, young people, professionals and policymakers are always there. "
            "Write other voices below, one on each line. For example: Carers."
        ),
        filters=[tidy],
    )
    word_impact = StringField(
        _l("Your word for: what we want to achieve"), filters=[tidy], validators=[Length(max=60)]
    )
    word_indicator = StringField(
        _l("Your word for: how will we notice?"), filters=[tidy], validators=[Length(max=60)]
    )
    word_moment = StringField(
        _l("Your word for: meaningful moments"), filters=[tidy], validators=[Length(max=60)]
    )
    word_working_factor = StringField(
        _l("Your word for: what helped"), filters=[tidy], validators=[Length(max=60)]
    )
    word_trajectory = StringField(_l("Your word for: our road"), filters=[tidy], validators=[Length(max=60)])
    threshold = _FewestField(
        _l("How many people must a number be about?"),
        description=_l(
            "Never fewer than %(least)s: then you can guess who said what. "
            "You may choose more, up to %(most)s. Numbers about smaller groups then go at once.",
            least=FEWEST,
            most=MOST_FEWEST,
        ),
        validators=[_AsItWas(), NumberRange(FEWEST, MOST_FEWEST, message=_FEWEST)],
    )
    low_counts_limit = BooleanField(
        _l("An answer that is just at the limit is low too"),
        description=_l("Without this, only an answer below the limit is low."),
    )
    silence_ends_low = BooleanField(
        _l("A round without an answer ends the row"),
        description=_l("Without this, such a round says nothing: the row goes on with the next answer."),
    )
    is_public = BooleanField(
        _l("Everybody may read the front page"),
        description=_l("Only what people themselves want to show to everybody."),
    )

    def validate_own_voices(self, _field: Field) -> None:
        """A handful of voices, each short enough for a button."""
        names = self.voice_names()
        if len(names) > OWN_VOICES_MAX:
            raise ValidationError(_("Use at most %(count)s other voices.", count=OWN_VOICES_MAX))
        if any(len(name) > VOICE_NAME_MAX for name in names):
            raise ValidationError(_("Use at most 40 letters for a voice."))

    def voice_names(self) -> list[str]:
        """The own voices, each once."""
        return list(
            dict.fromkeys(line.strip() for line in (self.own_voices.data or "").splitlines() if line.strip())
        )

    def draft(self) -> SpaceDraft:
        """What was filled in."""
        words = {term: getattr(self, f"word_{term}").data for term in Term}
        return SpaceDraft(
            name=text_of(self.name),
            purpose=self.purpose.data or "",
            language=self.language.data,
            own_voices=self.voice_names(),
            words={str(term): own for term, own in words.items() if own},
            is_public=self.is_public.data,
            threshold=self.threshold.data,
            low_counts_limit=self.low_counts_limit.data,
            silence_ends_low=self.silence_ends_low.data,
        )


class SubjectForm(Form):
    """One thing that was told."""

    topic = HiddenField(validators=[InputRequired(), Length(max=32)])
    id = HiddenField(validators=[InputRequired(), is_uuid])


class AsideForm(SubjectForm):
    """Why it is set aside."""

    reason = TextAreaField(
        _l("Why do you set this aside?"),
        description=_l("Who told it reads this. Others do not."),
        filters=[tidy],
        validators=[
            DataRequired(_l("Say in your own words why. Who told it reads this.")),
            Length(max=300, message=_l("Use at most 300 letters.")),
        ],
    )


class ReturnForm(Form):
    """What comes back."""

    topic = HiddenField(validators=[InputRequired(), Length(max=32)])
