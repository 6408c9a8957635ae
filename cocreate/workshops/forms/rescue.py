"""Handing in what was told on a tablet that left."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from cocreate.core.forms import Form


class RescueForm(Form):
    """A file from a tablet."""

    file = FileField(
        _l("Choose the file"),
        description=_l("Its name begins with cocreate-rescue."),
        validators=[FileRequired(_l("Choose a file."))],
    )
