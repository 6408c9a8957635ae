"""The routes of this feature hang on one blueprint."""

from flask import Blueprint

blueprint = Blueprint("indicators", __name__)
SPACE = "/spaces/<uuid:space_id>"
