"""Everything of maps that has an address."""

from flask import Blueprint

blueprint = Blueprint("trajectories", __name__)
