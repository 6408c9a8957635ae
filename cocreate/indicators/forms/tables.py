"""Letting my answers go along, and bringing a table in."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, StringField

from cocreate.core.forms import Form


class GoAlongForm(Form):
    """Whether my answers may go along in a table."""

    agreed = BooleanField(_l("My answers may go along, without my name"))


class TableForm(Form):
    """Answers that were given elsewhere, and what the people who gave them agreed to."""

    others = StringField()  # the mark of the table of which somebody said that its people are others
    file = FileField(
        _l("Choose the file with the answers"),
        description=_l("A CSV file or a workbook (.xlsx), with the columns that the codebook has."),
        validators=[FileRequired(_l("Choose a file."))],
    )
    to_be_read = BooleanField(
        _l("These people agreed that their own words are read here"),
        description=_l("Else only numbers and choices count, and nobody reads the words."),
    )
    to_go_along = BooleanField(
        _l("These people agreed that their answers go along in a table, without their name"),
    )
