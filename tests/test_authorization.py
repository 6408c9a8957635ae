"""Every route × method × role. A route that is not in the table fails, and so does a line without a route."""

import re
import shutil
import uuid
from dataclasses import dataclass

import pytest
from flask import Flask

from cocreate.compensation.queries import lines_of
from cocreate.config import Config
from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Instrument
from cocreate.spaces.models import Membership, Space
from cocreate.spaces.rules import Role
from cocreate.workshops.models import OwnAgenda
from cocreate.workshops.service.sheets import begin_sheet
from tests.browser_without_scripts import Browser
from tests.conftest import running, sign_browser_in
from tests.factories import (
    give_answer,
    make_account,
    make_brought_table,
    make_choosing,
    make_compensation,
    make_context_figure,
    make_factor,
    make_goal,
    make_heading,
    make_impact,
    make_indicator,
    make_instrument,
    make_measuring,
    make_member,
    make_moment,
    make_node,
    make_own_agenda,
    make_question,
    make_remark,
    make_series,
    make_space,
    make_stance,
    make_stance_on_sign,
    make_summary,
    make_tryout,
    make_wording,
    make_workshop,
)
from tests.indicators.signs import make_sign

ROLES = (
    "nobody",  # no cookie at all
    "outsider",  # an account, and a space of their own
    "stranger",  # a guest of another space's workshop
    "reader",
    "participant",  # came to the workshop
    "neighbour",  # came to another workshop of the same space
    "facilitator",
    "steward",
)

TELLS = "404 404 404 404 303 404 303 303"
LEADS = "404 404 404 404 404 404 303 303"
MAP = "/spaces/<uuid:space_id>/trajectories/<uuid:trajectory_id>"
ENTRIES = "/workshops/<uuid:workshop_id>/paper/entries"
ENTRY = f"{ENTRIES}/<uuid:membership_id>"
IMPACT = "/spaces/<uuid:space_id>/impacts/<uuid:impact_id>"
FIGURES = "/spaces/<uuid:space_id>/measurings/<uuid:measuring_id>/figures"
CONTEXT = "/spaces/<uuid:space_id>/context-figures"
QUESTIONNAIRES = "/spaces/<uuid:space_id>/instruments"
QUESTIONNAIRE = f"{QUESTIONNAIRES}/<uuid:instrument_id>"
QUESTION = f"{QUESTIONNAIRE}/items/<uuid:item_id>"
MEASURINGS = "/spaces/<uuid:space_id>/measurings"
MEASURING = f"{MEASURINGS}/<uuid:measuring_id>"
CHOOSING = "/spaces/<uuid:space_id>/choosings/<uuid:choosing_id>"
ROUND = "/spaces/<uuid:space_id>/rounds/<uuid:round_id>"
SIGN = "/spaces/<uuid:space_id>/indicators/<uuid:indicator_id>"
COMPENSATION = "/spaces/<uuid:space_id>/compensations/<uuid:line_id>"
MINE = "/spaces/<uuid:space_id>/mine/<topic>/<uuid:contribution_id>"
AGENDA = "/workshops/<uuid:workshop_id>/agenda"
KEPT = "/spaces/<uuid:space_id>/agendas/<uuid:agenda_id>"
SERIES = "/spaces/<uuid:space_id>/series/<uuid:series_id>"
PART = "parts/<uuid:part_id>"
HEADING = "/workshops/<uuid:workshop_id>/headings/<uuid:heading_id>"
ASIDE = "/workshops/<uuid:workshop_id>/asides/<uuid:contribution_id>"

# What each role may expect, in the order of ROLES. 404: exactly what an id that does not exist gets.
# in: sent to sign in. back: sent to type a return code.
TABLE = {
    "GET /": "200 200 200 200 200 200 200 200",
    "POST /language": "303 303 303 303 303 303 303 303",
    "GET /csrf": "200 200 200 200 200 200 200 200",
    "GET /static/<mark>/<path:path>": "200 200 200 200 200 200 200 200",
    "GET /worker.js": "200 200 200 200 200 200 200 200",
    "GET /healthz": "200 200 200 200 200 200 200 200",
    "GET /readyz": "200 200 200 200 200 200 200 200",
    "GET /sign-up": "200 200 200 200 200 200 200 200",
    "POST /sign-up": "422 422 422 422 422 422 422 422",
    "GET /sign-in": "200 200 200 200 200 200 200 200",
    "POST /sign-in": "422 422 422 422 422 422 422 422",
    "GET /sign-in/link": "200 200 200 200 200 200 200 200",
    "POST /sign-in/link": "422 422 422 422 422 422 422 422",
    "GET /return": "200 200 200 200 200 200 200 200",
    "POST /return": "422 422 422 422 422 422 422 422",
    "POST /return-codes": "404 404 201 201 201 201 404 404",
    "GET /join": "200 200 200 200 200 200 200 200",
    "GET /mine": "back 200 200 200 200 200 200 200",
    "GET /mine/download": "404 200 200 200 200 200 200 200",
    "GET /spaces/new": "in 200 404 404 404 404 200 200",
    "POST /spaces/new": "in 303 404 404 404 404 303 303",
    "GET /spaces/<uuid:space_id>": "404 404 404 200 200 200 200 200",
    "GET /spaces/<uuid:space_id>/changes": "404 404 404 200 200 200 200 200",
    "GET /spaces/<uuid:space_id>/settings": "404 404 404 404 404 404 404 200",
    "POST /spaces/<uuid:space_id>/settings": "404 404 404 404 404 404 404 303",
    "GET /spaces/<uuid:space_id>/trajectories": "404 404 404 200 200 200 200 200",
    "GET /spaces/<uuid:space_id>/trajectories/compare": "404 404 404 200 200 200 200 200",
    "GET /spaces/<uuid:space_id>/trajectories/network": "404 404 404 200 200 200 200 200",
    "GET /spaces/<uuid:space_id>/trajectories/<uuid:trajectory_id>": "404 404 404 200 200 200 200 200",
    "POST /spaces/<uuid:space_id>/trajectories/<uuid:trajectory_id>/nodes": "404 404 404 404 303 404 303 303",
    f"GET {MAP}/findings": "404 404 404 200 200 200 200 200",
    f"GET {MAP}/story": "404 404 404 200 200 200 200 200",
    f"GET {MAP}/picture.svg": "404 404 404 200 200 200 200 200",
    f"GET {MAP}/picture.png": "404 404 404 200 200 200 200 200",
    f"GET {MAP}/wall.pdf": "404 404 404 200 200 200 200 200",
    f"GET {MAP}/map.html": "404 404 404 200 200 200 200 200",
    f"GET {MAP}/file/<format_name>": "404 404 404 200 200 200 200 200",
    "GET /spaces/<uuid:space_id>/trajectories/new": "404 404 404 404 404 404 200 200",
    "POST /spaces/<uuid:space_id>/trajectories": "404 404 404 404 404 404 422 422",  # without a file
    # These want JSON; what may be done to what is held by tests/trajectories.
    f"POST {MAP}/operations": "404 404 404 404 422 422 422 422",
    f"POST {MAP}/presence": "404 404 404 404 422 422 422 422",
    f"POST {MAP}/opening": "404 404 404 404 404 404 303 303",
    f"GET {MAP}/subjects": "404 404 404 404 200 200 200 200",
    f"GET {MAP}/removed": "404 404 404 404 200 200 200 200",
    f"GET {MAP}/nodes/<uuid:node_id>/references": "404 404 404 200 200 200 200 200",
    f"GET {MAP}/nodes/<uuid:node_id>/history": "404 404 404 200 200 200 200 200",
    "POST /spaces/<uuid:space_id>/moments": "404 404 404 404 303 404 303 303",
    "POST /spaces/<uuid:space_id>/working-factors": "404 404 404 404 303 404 303 303",
    "POST /spaces/<uuid:space_id>/moment-factors": "404 404 404 404 303 404 303 303",
    # Only who said that it helped there, and who told the moment, may say that it did not.
    "POST /spaces/<uuid:space_id>/moment-factors/withdrawal": "404 404 404 404 303 404 404 404",
    "POST /spaces/<uuid:space_id>/impacts": "404 404 404 404 303 404 303 303",
    "POST /spaces/<uuid:space_id>/stances": "404 404 404 404 303 404 303 303",
    f"GET {IMPACT.rpartition('/')[0]}": "404 404 404 200 200 200 200 200",
    f"GET {IMPACT}": "404 404 404 200 200 200 200 200",
    "POST /spaces/<uuid:space_id>/wordings": "404 404 404 404 303 404 303 303",
    "POST /spaces/<uuid:space_id>/remarks": "404 404 404 404 303 404 303 303",
    "POST /spaces/<uuid:space_id>/realism-checks": "404 404 404 404 303 404 303 303",
    # Nobody's words are changed by another, whatever their role: the impact is the participant's own.
    "POST /spaces/<uuid:space_id>/wordings/<uuid:wording_id>/adoption": "404 404 404 404 303 404 404 404",
    "GET /spaces/<uuid:space_id>/rounds/open": "404 404 404 404 200 200 200 200",
    f"GET {ROUND}": "404 404 404 404 200 200 200 200",
    # The participant answered it, so that there may be something they said before.
    f"GET {ROUND}/items/<uuid:asked_id>/earlier": "404 404 404 404 200 404 404 404",
    "POST /spaces/<uuid:space_id>/answers": "404 404 404 404 303 303 303 303",
    f"GET {ROUND}/paper": "404 404 404 404 404 404 200 200",
    f"GET {ROUND}/sheets": "404 404 404 404 404 404 200 200",
    f"POST {ROUND}/sheets": "404 404 404 404 404 404 422 422",  # with nothing on it
    f"POST {ROUND}/sheets/withdrawal": "404 404 404 404 404 404 422 422",  # without a label
    f"POST {IMPACT}/facets": "404 404 404 404 303 404 303 303",
    f"POST {IMPACT}/decision": "404 404 404 404 404 404 303 303",
    f"POST {IMPACT}/absorption": "404 404 404 404 404 404 303 303",
    f"POST {IMPACT}/release": "404 404 404 404 404 404 303 303",
    f"POST {IMPACT}/asides": "404 404 404 404 404 404 303 303",
    f"POST {IMPACT}/asides/<uuid:told_id>/return": "404 404 404 404 404 404 303 303",
    "POST /spaces/<uuid:space_id>/openings": "404 404 404 404 404 404 303 303",
    "GET /spaces/<uuid:space_id>/composition": "404 404 404 404 404 404 404 200",
    "POST /spaces/<uuid:space_id>/composition": "404 404 404 404 404 404 404 303",
    "GET /spaces/<uuid:space_id>/choosings": "404 404 404 200 200 200 200 200",
    "POST /spaces/<uuid:space_id>/choosings": "404 404 404 404 404 404 303 303",
    f"GET {CHOOSING}": "404 404 404 200 200 200 200 200",
    "POST /spaces/<uuid:space_id>/ballots": "404 404 404 404 303 404 303 303",
    f"POST {CHOOSING}/closing": "404 404 404 404 404 404 303 303",
    "POST /spaces/<uuid:space_id>/indicators": "404 404 404 404 303 404 303 303",
    f"GET {MEASURING}/tables": "404 404 404 200 200 200 200 200",
    f"POST {MEASURING}/tables": "404 404 404 404 404 404 422 422",  # without a file
    f"POST {MEASURING}/tables/<uuid:table_id>/withdrawal": "404 404 404 404 404 404 303 303",
    f"POST {MEASURING}/consent": "404 404 404 303 303 303 303 303",
    f"GET {MEASURING}/my-answers.csv": "404 404 404 200 200 200 200 200",
    f"GET {MEASURING}/codebook.csv": "404 404 404 200 200 200 200 200",
    f"GET {MEASURING}/figures.csv": "404 404 404 200 200 200 200 200",
    f"GET {MEASURING}/figures.xlsx": "404 404 404 200 200 200 200 200",
    f"GET {MEASURING}/table.csv": "404 404 404 404 404 404 404 409",  # too few people in it
    f"GET {MEASURING}/table.xlsx": "404 404 404 404 404 404 404 409",
    f"GET {FIGURES}": "404 404 404 200 200 200 200 200",
    f"GET {CONTEXT}": "404 404 404 404 404 404 200 200",
    f"POST {CONTEXT}": "404 404 404 404 404 404 303 303",
    f"POST {CONTEXT}/<uuid:figure_id>/removal": "404 404 404 404 404 404 303 303",
    f"GET {QUESTIONNAIRES}": "404 404 404 200 200 200 200 200",
    f"POST {QUESTIONNAIRES}": "404 404 404 404 404 404 303 303",
    f"POST {QUESTIONNAIRES}/files": "404 404 404 404 404 404 422 422",  # without a file
    f"GET {QUESTIONNAIRE}": "404 404 404 200 200 200 200 200",
    f"GET {QUESTIONNAIRE}/file.json": "404 404 404 200 200 200 200 200",
    f"POST {QUESTIONNAIRE}/versions": "404 404 404 404 404 404 409 409",  # nobody answered it yet
    f"POST {QUESTIONNAIRE}/title": "404 404 404 404 404 404 303 303",
    f"POST {QUESTIONNAIRE}/order": "404 404 404 404 404 404 303 303",
    f"POST {QUESTIONNAIRE}/items": "404 404 404 404 404 404 303 303",
    f"POST {QUESTION}": "404 404 404 404 404 404 303 303",
    f"POST {QUESTION}/place": "404 404 404 404 404 404 303 303",
    f"POST {QUESTION}/equality": "404 404 404 404 404 404 303 303",
    f"POST {QUESTION}/removal": "404 404 404 404 404 404 303 303",
    f"GET {MEASURINGS}": "404 404 404 200 200 200 200 200",
    f"POST {MEASURINGS}": "404 404 404 404 404 404 303 303",
    f"GET {MEASURING}": "404 404 404 200 200 200 200 200",
    f"POST {MEASURING}/rounds": "404 404 404 404 404 404 409 409",  # one was opened today
    "POST /spaces/<uuid:space_id>/rounds/<uuid:round_id>/closing": "404 404 404 404 404 404 303 303",
    f"POST {MEASURING}/ending": "404 404 404 404 404 404 303 303",
    "GET /spaces/<uuid:space_id>/my-line": "404 404 404 200 200 200 200 200",
    "GET /spaces/<uuid:space_id>/guided": "404 404 404 200 200 200 200 200",
    # The steward is the one who is named, and nobody names themselves.
    "POST /spaces/<uuid:space_id>/guides": "404 404 404 404 303 303 303 404",
    "POST /spaces/<uuid:space_id>/guides/ending": "404 404 404 303 303 303 303 303",
    "GET /spaces/<uuid:space_id>/goals": "404 404 404 200 200 200 200 200",
    "POST /spaces/<uuid:space_id>/goals": "404 404 404 404 303 404 303 303",
    # The goal is the participant's own; nobody steps or ends for another.
    "POST /spaces/<uuid:space_id>/small-steps": "404 404 404 404 303 404 404 404",
    "POST /spaces/<uuid:space_id>/goals/<uuid:goal_id>/ending": "404 404 404 404 303 404 404 404",
    f"GET {SIGN.rpartition('/')[0]}": "404 404 404 200 200 200 200 200",
    f"GET {SIGN}": "404 404 404 200 200 200 200 200",
    # The sign is the participant's own: they build it, and so does who leads; who leads decides.
    f"POST {SIGN}/question": "404 404 404 404 303 404 303 303",
    f"POST {SIGN}/decision": "404 404 404 404 404 404 303 303",
    "POST /spaces/<uuid:space_id>/tryouts": "404 404 404 404 409 404 303 303",  # nobody tries their own
    "POST /spaces/<uuid:space_id>/indicator-stances": "404 404 404 404 303 404 303 303",
    "GET /spaces/<uuid:space_id>/cautions": "404 404 404 404 404 404 200 200",
    "POST /spaces/<uuid:space_id>/cautions": "404 404 404 404 404 404 303 303",
    "GET /spaces/<uuid:space_id>/compensations": "404 404 404 404 404 404 200 200",
    "POST /spaces/<uuid:space_id>/compensations": "404 404 404 404 404 404 303 303",
    "GET /spaces/<uuid:space_id>/compensations.csv": "404 404 404 404 404 404 200 200",
    "GET /spaces/<uuid:space_id>/compensations.xlsx": "404 404 404 404 404 404 200 200",
    "POST /spaces/<uuid:space_id>/compensations/giving": "404 404 404 404 404 404 303 303",
    f"POST {COMPENSATION}/giving/withdrawal": "404 404 404 404 404 404 303 303",
    f"POST {COMPENSATION}/removal": "404 404 404 404 404 404 404 303",
    "GET /spaces/<uuid:space_id>/thanks": "404 404 404 404 404 404 200 200",
    "POST /spaces/<uuid:space_id>/thanks": "404 404 404 404 404 404 404 303",
    "GET /spaces/<uuid:space_id>/workshops": "404 404 404 404 404 404 200 200",
    "GET /spaces/<uuid:space_id>/activities": "404 404 404 404 404 404 200 200",
    "GET /spaces/<uuid:space_id>/workshops/new": "404 404 404 404 404 404 200 200",
    "POST /spaces/<uuid:space_id>/workshops/new": "404 404 404 404 404 404 303 303",
    "GET /spaces/<uuid:space_id>/agendas": "404 404 404 404 404 404 200 200",
    "POST /spaces/<uuid:space_id>/agendas": LEADS,
    f"GET {KEPT}": "404 404 404 404 404 404 200 200",
    f"POST {KEPT}": LEADS,
    f"POST {KEPT}/parts": LEADS,
    f"GET {KEPT}/{PART}": "404 404 404 404 404 404 200 200",
    f"POST {KEPT}/{PART}": LEADS,
    f"POST {KEPT}/{PART}/place": LEADS,
    f"POST {KEPT}/{PART}/removal": LEADS,
    f"POST {KEPT}/removal": LEADS,
    f"GET {SERIES}": "404 404 404 404 404 404 200 200",
    f"GET {SERIES}/attendance.csv": "404 404 404 404 404 404 200 200",
    f"GET {AGENDA}": "404 404 404 404 404 404 200 200",
    f"POST {AGENDA}": LEADS,
    f"POST {AGENDA}/parts": LEADS,
    f"GET {AGENDA}/{PART}": "404 404 404 404 404 404 200 200",
    f"POST {AGENDA}/{PART}": LEADS,
    f"POST {AGENDA}/{PART}/place": LEADS,
    f"POST {AGENDA}/{PART}/removal": LEADS,
    "POST /workshops/<uuid:workshop_id>/own-agendas": LEADS,
    "POST /workshops/<uuid:workshop_id>/copies": LEADS,
    "GET /workshops/<uuid:workshop_id>/console": "404 404 404 404 404 404 200 200",
    "GET /workshops/<uuid:workshop_id>/screen": "404 404 404 404 404 404 200 200",
    "GET /workshops/<uuid:workshop_id>/paper": "404 404 404 404 404 404 200 200",
    f"GET {ENTRIES}": "404 404 404 404 404 404 200 200",
    f"POST {ENTRIES}": "404 404 404 404 404 404 303 303",
    f"GET {ENTRY}": "404 404 404 404 404 404 200 200",
    f"POST {ENTRY}/<topic>": "404 404 404 404 404 404 303 303",
    # The contribution was told by the participant: nobody types over it, or takes back what another typed.
    f"POST {ENTRY}/<uuid:contribution_id>/withdrawal": "404 404 404 404 404 404 404 404",
    "GET /workshops/<uuid:workshop_id>/stage": "404 404 404 404 200 404 404 404",
    "GET /workshops/<uuid:workshop_id>/door": "404 404 404 404 404 404 404 404",
    "POST /workshops/<uuid:workshop_id>/door": "404 404 404 404 404 404 404 404",
    "POST /workshops/<uuid:workshop_id>/attendance": "404 404 404 404 404 404 404 404",  # without the code
    "POST /workshops/<uuid:workshop_id>/handed-over": "404 404 404 404 422 422 422 422",  # with nothing in it
    "GET /workshops/<uuid:workshop_id>/rescue": "404 404 404 404 404 404 200 200",
    "POST /workshops/<uuid:workshop_id>/rescue": "404 404 404 404 404 404 422 422",  # without a file
    "POST /workshops/<uuid:workshop_id>/doors": "404 404 404 404 404 404 303 303",
    "POST /workshops/<uuid:workshop_id>/stage": "404 404 404 404 404 404 303 303",
    "GET /workshops/<uuid:workshop_id>/arrivals": "404 404 404 404 404 404 200 200",
    "POST /workshops/<uuid:workshop_id>/highlight": "404 404 404 404 404 404 303 303",
    "POST /workshops/<uuid:workshop_id>/highlight/end": "404 404 404 404 404 404 303 303",
    "POST /workshops/<uuid:workshop_id>/headings": "404 404 404 404 404 404 303 303",
    f"POST {HEADING}": "404 404 404 404 404 404 303 303",
    f"POST {HEADING}/place": "404 404 404 404 404 404 303 303",
    "POST /workshops/<uuid:workshop_id>/grouped": "404 404 404 404 404 404 303 303",
    f"POST {HEADING}/removal": "404 404 404 404 404 404 303 303",
    "POST /workshops/<uuid:workshop_id>/asides": "404 404 404 404 404 404 303 303",
    # What is not set aside cannot come back.
    f"POST {ASIDE}/return": "404 404 404 404 404 404 303 303",
    "GET /workshops/<uuid:workshop_id>/results": "404 404 404 404 404 404 200 200",
    "POST /workshops/<uuid:workshop_id>/results": "404 404 404 404 404 404 409 409",  # welcome has none
    "POST /workshops/<uuid:workshop_id>/results/end": "404 404 404 404 404 404 409 409",
    # Who knows the code is let through to the door, and a closed workshop has no code.
    "POST /join": "303 303 303 303 303 303 303 303",
    "GET /workshops/<uuid:workshop_id>/harvest": "404 404 404 404 404 404 200 200",  # while it goes on
    "POST /workshops/<uuid:workshop_id>/harvest-copies": "404 404 404 404 404 404 200 200",
    "POST /workshops/<uuid:workshop_id>/lead": LEADS,
    "POST /workshops/<uuid:workshop_id>/what-next": "404 404 404 404 404 404 303 303",
    "POST /workshops/<uuid:workshop_id>/pause": LEADS,
    "POST /workshops/<uuid:workshop_id>/pause/end": LEADS,
    "POST /workshops/<uuid:workshop_id>/minutes": LEADS,
    "POST /workshops/<uuid:workshop_id>/lock": LEADS,
    "POST /workshops/<uuid:workshop_id>/part-lock": LEADS,
    "POST /workshops/<uuid:workshop_id>/handovers": "404 404 404 404 404 404 200 200",
    "POST /workshops/<uuid:workshop_id>/writing": "404 404 404 404 200 404 404 404",  # who is in the room
    "POST /spaces/<uuid:space_id>/moods": TELLS,
    "POST /spaces/<uuid:space_id>/replies": TELLS,
    "POST /spaces/<uuid:space_id>/commitments": TELLS,
    "POST /spaces/<uuid:space_id>/summary-checks": TELLS,
    "POST /spaces/<uuid:space_id>/summaries": LEADS,
    "POST /spaces/<uuid:space_id>/summaries/<uuid:summary_id>/removal": LEADS,
    "GET /handover": "200 200 200 200 200 200 200 200",
    "POST /handover": "422 422 422 422 422 422 422 422",  # without a code that works
    "POST /workshops/<uuid:workshop_id>/closing": "404 404 404 404 404 404 303 303",
    # The contribution in the address is the participant's own; nobody else may touch it, whatever their role.
    f"POST {MINE}/visibility": "404 404 404 404 303 404 404 404",
    f"POST {MINE}/withdrawal": "404 404 404 404 303 404 404 404",
    # Both of these sign out, so they come last. Who typed the code above may leave again.
    "POST /workshops/<uuid:workshop_id>/departure": "303 303 303 303 303 303 303 303",
    "POST /sign-out": "303 303 303 303 303 303 303 303",
}
# What changes when everybody may read the front page: who only looks may look, and still do nothing.
IN_A_PUBLIC_SPACE = {
    f"GET {MEASURING}/figures.csv",
    f"GET {MEASURING}/figures.xlsx",
    "GET /spaces/<uuid:space_id>",
    "GET /spaces/<uuid:space_id>/changes",
    "GET /spaces/<uuid:space_id>/trajectories",
    "GET /spaces/<uuid:space_id>/trajectories/compare",
    "GET /spaces/<uuid:space_id>/trajectories/network",
    "GET /spaces/<uuid:space_id>/trajectories/<uuid:trajectory_id>",
    f"GET {FIGURES}",
    f"GET {MEASURINGS}",
    f"GET {MEASURING}",
    f"GET {IMPACT}",
    f"GET {IMPACT.rpartition('/')[0]}",
    "GET /spaces/<uuid:space_id>/choosings",
    f"GET {CHOOSING}",
    f"GET {SIGN}",
    f"GET {SIGN.rpartition('/')[0]}",
    f"GET {MAP}/findings",
    f"GET {MAP}/story",
    f"GET {MAP}/picture.svg",
    f"GET {MAP}/file/<format_name>",
    f"GET {MAP}/picture.png",
    f"GET {MAP}/wall.pdf",
    f"GET {MAP}/map.html",
    f"GET {MAP}/nodes/<uuid:node_id>/references",
}


@dataclass
class House:
    """A space with things in it, and a browser for each role."""

    app: Flask
    browsers: dict[str, Browser]
    ids: dict[str, str]
    bodies: dict[str, dict[str, str]]
    is_public: bool

    def path(self, rule: str, **others: str) -> str:
        """The address of a rule, filled in with what is there, or with `others`."""
        facts = {**self.ids, **others}
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: facts[found[1]], rule)

    def ask(self, role: str, line: str, path: str):
        """Send what the line asks for, as a page would."""
        method, _, rule = line.partition(" ")
        browser = self.browsers[role]
        if method == "POST":
            return browser.post(path, self.bodies.get(rule, {}))
        # A place in the stream that cannot be resumed, so that the stream ends at once.
        return browser.client.open(path, method=method, headers={"Last-Event-ID": "x"})


@pytest.fixture(scope="module", params=[False, True], ids=["private", "public"])
def house(request, migrated, tmp_path_factory):
    """One house for the tests that change nothing in it."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(migrated, folder / "cocreate.db")
    for app in running(Config(data=folder, testing=True)):
        yield make_house(app, request.param)


def make_house(app: Flask, is_public: bool) -> House:
    """A space with everything in it, and somebody of each role at a browser."""
    with app.app_context():
        space = make_space()
        session().get(Space, space.id).is_public = is_public
        session().commit()
        workshop, elsewhere = make_workshop(space), make_workshop(space, title="Elders")
        other_space = make_space()
        other_workshop = make_workshop(other_space)
        participant = make_member(space, workshop)
        shown = Visibility.PUBLIC if is_public else Visibility.SPACE
        impact = make_impact(participant, workshop, visibility=shown)
        same = make_impact(participant, workshop, "Het blijft droog.")
        wording = make_wording(participant, workshop, impact, visibility=shown)
        remark = make_remark(participant, workshop, impact, visibility=shown)
        sign = make_indicator(participant, workshop, impact, visibility=shown)
        choosing = make_choosing(space.steward, signs=[sign])
        make_question(participant, sign)
        contribution = make_moment(participant, workshop)
        helped = {
            "moment_id": str(contribution),
            "factor_id": str(make_factor(participant, workshop, moment_id=contribution)),
        }
        signs = [make_sign(participant, workshop, text) for text in ("Groet je?", "Help je?")]
        instrument = make_instrument(space, *[AnswerShape(AnswerKind.SCALE_0_10)] * 3)
        item = session().get(Instrument, instrument).items[1].id
        measuring, _opened = make_measuring(space)
        instrument_id = make_instrument(space)
        _measuring, round_id = make_measuring(space, instrument_id)
        item_id = session().get(Instrument, instrument_id).items[0].id
        give_answer(participant, round_id, item_id)
        node = make_node(participant, workshop, visibility=shown)
        sheet = begin_sheet(space.steward.viewer, workshop.id, "A1", participant.viewer.voice_id)
        goal = make_goal(participant, workshop, visibility=shown)
        summary = make_summary(space.steward, workshop)
        measuring, _round = make_measuring(space)
        figure = make_context_figure(space)
        table = make_brought_table(space, measuring)
        make_compensation(space)
        line = str(lines_of(space.id)[0].id)
        heading = make_heading(space, workshop)
        series, kept = make_series(space, workshop), make_own_agenda(space)
        name_a_part(kept, workshop.steps["indicators"])
        people = {
            "outsider": other_space.steward.person_id,
            "stranger": make_member(other_space, other_workshop).person_id,
            "reader": make_member(space, role=Role.READER).person_id,
            "participant": participant.person_id,
            "neighbour": make_member(space, elsewhere).person_id,
            "facilitator": make_member(space, role=Role.FACILITATOR, person_id=make_account()).person_id,
            "steward": space.steward.person_id,
        }
    browsers = {"nobody": Browser(app)}
    browsers |= {role: sign_browser_in(Browser(app), person) for role, person in people.items()}
    told = {"workshop_id": str(workshop.id)}
    lit = {"topic": "moment", "id": str(contribution)}
    space_rule = "/spaces/<uuid:space_id>"
    bodies = {
        "/language": {"language": "en"},
        "/join": {"code": workshop.code},
        "/spaces/new": {"name": "Nog een plein"},
        f"{space_rule}/settings": {
            "name": "Ons plein",
            **({"is_public": "y"} if is_public else {}),
        },
        f"{space_rule}/moods": {**told, "step_id": str(workshop.steps["welcome"]), "mood": "sun"},
        f"{space_rule}/replies": {**told, "step_id": str(workshop.steps["welcome"]), "text": "Bankjes."},
        f"{space_rule}/commitments": {**told, "text": "Ik bel."},
        f"{space_rule}/summary-checks": {**told, "summary_id": str(summary), "answer": "right"},
        f"{space_rule}/summaries": {"workshop_id": str(workshop.id), "text": "We willen samen eten."},
        f"{space_rule}/compensations": {
            "id": str(uuid.uuid4()),
            "names": "Anna",
            "occasion": "Spelmiddag",
            "on": "2026-05-01",
            "kind": "money",
            "amount": "15",
        },
        f"{space_rule}/compensations/giving": {"line": [line]},
        f"{space_rule}/thanks": {"offer": "Vijftien euro."},
        f"{space_rule}/moments": {**told, "what_happened": "Het regende."},
        f"{space_rule}/working-factors": {**told, "name": "Een afdak."},
        f"{space_rule}/moment-factors": {**told, **helped},
        f"{space_rule}/moment-factors/withdrawal": {**told, **helped},
        f"{space_rule}/impacts": {**told, "statement": "Minder regen."},
        f"{space_rule}/stances": {**told, "impact_id": str(impact), "position": "for"},
        f"{space_rule}/indicators": {**told, "impact_id": str(impact), "question": "Droge sokken."},
        f"{space_rule}/choosings": {
            "title": "Nog een lijst",
            "voice_id": "everybody",
            "limit": "seats",
            "seats": "1",
            "signs": [str(sign)],
        },
        f"{space_rule}/ballots": {**told, "choosing_id": str(choosing), "approved": [str(sign)]},
        f"{space_rule}/wordings": {**told, "impact_id": str(impact), "text": "Droog blijven."},
        f"{space_rule}/remarks": {**told, "impact_id": str(impact), "text": "Het regent altijd."},
        f"{space_rule}/realism-checks": {**told, "impact_id": str(impact), "answer": "too_big"},
        f"{space_rule}/wordings/<uuid:wording_id>/adoption": {"taken": "1"},
        f"{SIGN}/question": {"asked": "Groet je iemand?", "kind": "smileys", "sensitivity": "0"},
        f"{SIGN}/decision": {"decision": "none"},
        f"{space_rule}/tryouts": {**told, "indicator_id": str(sign), "built": "1", "clear": "yes"},
        f"{space_rule}/indicator-stances": {**told, "indicator_id": str(sign), "position": "for"},
        f"{space_rule}/cautions": {
            "language": "nl",
            "phrase": "plein",
            "reason": "Ja.",
            "suggestion": "Nee.",
        },
        f"{IMPACT}/facets": {"level": "collective", "is_prevention": "", "horizon": "now", "lens": ""},
        f"{IMPACT}/decision": {"stage": "in_discussion"},
        f"{IMPACT}/absorption": {"other_id": str(same)},
        f"{IMPACT}/asides": {"topic": "remark", "id": str(remark), "reason": "Er staat een naam in."},
        f"{IMPACT}/asides/<uuid:told_id>/return": {"topic": "remark"},
        CONTEXT: {
            "label": "Regen",
            "value": "12",
            "place": "De stad",
            "period": "2025",
            "source": "De regenmeter",
        },
        QUESTIONNAIRES: {"title": "Onze straat", "signs": [str(signs[0])]},
        f"{QUESTIONNAIRE}/title": {"title": "Onze straat"},
        f"{QUESTIONNAIRE}/items": {"indicator_id": str(signs[1])},
        QUESTION: {"text": "Vraag 2?", "sensitivity": "1"},
        f"{QUESTION}/place": {"to": "later"},
        f"{QUESTION}/equality": {"question_id": ""},
        MEASURINGS: {
            "instrument_id": str(instrument),
            "title": "Nog een keer",
            "why": "Om te leren.",
            "until": "2199-01-01",
            "rhythm": "once",
            "voice_id": "",
            "impact_id": "",
        },
        f"{space_rule}/answers": {"round_id": str(round_id), "item_id": str(item_id), "value": "0"},
        f"{space_rule}/guides": {"guide_id": str(space.steward.id)},
        f"{space_rule}/goals": {**told, "text": "Op tijd komen."},
        f"{space_rule}/small-steps": {
            **told,
            "goal_id": str(goal),
            "text": "Wekker gezet.",
            "direction": "towards",
        },
        f"{space_rule}/openings": {"activity": "impacts", "open": "1"},
        f"{space_rule}/trajectories/<uuid:trajectory_id>/nodes": {**told, "text": "Naar binnen"},
        ENTRIES: {"label": "A1"},
        f"{ENTRY}/<topic>": {"what_happened": "Met pen."},
        f"{space_rule}/workshops/new": {"title": "Nog een keer"},
        f"{space_rule}/agendas": {"agenda": "walk"},
        KEPT: {"title": "Anders"},
        AGENDA: {"title": "Anders"},
        "/workshops/<uuid:workshop_id>/own-agendas": {"title": "Zoals toen"},
        **{f"{each}/parts": {"kind": "break"} for each in (KEPT, AGENDA)},
        **{f"{each}/{PART}": {"minutes": "5"} for each in (KEPT, AGENDA)},
        **{f"{each}/{PART}/place": {"to": "1"} for each in (KEPT, AGENDA)},
        "/workshops/<uuid:workshop_id>/stage": {"step_id": str(workshop.steps["moments"])},
        "/workshops/<uuid:workshop_id>/minutes": {
            "step_id": str(workshop.steps["moments"]),
            "minutes": "2",
            "given": "0",
        },
        "/workshops/<uuid:workshop_id>/part-lock": {"step_id": str(workshop.steps["moments"]), "locked": "y"},
        "/workshops/<uuid:workshop_id>/writing": {"who": str(uuid.uuid4()), "is_writing": "y"},
        "/workshops/<uuid:workshop_id>/highlight": lit,
        "/workshops/<uuid:workshop_id>/headings": {"topic": "moment", "words": "Regen"},
        HEADING: {"words": "Droog"},
        f"{HEADING}/place": {"by": "1"},
        "/workshops/<uuid:workshop_id>/grouped": {**lit, "heading_id": str(heading)},
        "/workshops/<uuid:workshop_id>/asides": {**lit, "reason": "Er staat een naam in."},
        f"{ASIDE}/return": {"topic": "moment"},
        f"{space_rule}/mine/<topic>/<uuid:contribution_id>/visibility": {"visibility": "space"},
    }
    ids = {
        "mark": "x",
        "path": "icon.svg",
        "space_id": str(space.id),
        "workshop_id": str(workshop.id),
        "membership_id": str(sheet),
        "trajectory_id": str(workshop.trajectory_id),
        "node_id": str(node),
        "impact_id": str(impact),
        "wording_id": str(wording),
        "told_id": str(remark),
        "instrument_id": str(instrument),
        "item_id": str(item),
        "measuring_id": str(measuring),
        "choosing_id": str(choosing),
        "goal_id": str(goal),
        "summary_id": str(summary),
        "indicator_id": str(sign),
        "format_name": "mm",
        "figure_id": str(figure),
        "table_id": str(table),
        "line_id": line,
        "round_id": str(round_id),
        "asked_id": str(item_id),
        "topic": "moment",
        "contribution_id": str(contribution),
        "heading_id": str(heading),
        "series_id": str(series),
        "agenda_id": str(kept),
        "part_id": str(workshop.steps["indicators"]),
    }
    return House(app, browsers, ids, bodies, is_public)


def name_a_part(agenda_id: uuid.UUID, part_id: uuid.UUID) -> None:
    """One part of the kept agenda goes by the id of a part of the meeting, so that one address fits both."""
    kept = session().get_one(OwnAgenda, agenda_id)
    kept.steps = [{**row, "id": str(part_id)} if n == 1 else row for n, row in enumerate(kept.steps)]
    session().commit()


def test_every_route_and_method_is_in_the_table(app):
    rules = [(rule.rule, rule.methods - {"HEAD", "OPTIONS"}) for rule in app.url_map.iter_rules()]
    assert {f"{method} {rule}" for rule, methods in rules for method in methods} == set(TABLE)


@pytest.mark.parametrize("is_public", [False, True], ids=["private", "public"])
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(app, role, is_public):
    house = make_house(app, is_public)
    found = {line: _outcome(house.ask(role, line, house.path(_rule(line)))) for line in TABLE}
    assert found == {line: _wanted(line, role, is_public) for line in TABLE}


@pytest.mark.parametrize("role", ROLES)
def test_not_allowed_looks_exactly_like_absent(house, role):
    for line in TABLE:
        if "uuid:" not in line or _wanted(line, role, house.is_public) != "404":
            continue
        here = house.path(_rule(line))
        for names in _absences(_rule(line)):
            nowhere = house.path(_rule(line), **{name: str(uuid.uuid4()) for name in names})
            one, other = house.ask(role, line, here), house.ask(role, line, nowhere)
            assert _as_seen(one, here) == _as_seen(other, nowhere), (
                f"{role} sees by {line} that {names} exists"
            )


@pytest.mark.parametrize("role", ROLES)
def test_head_and_options_say_no_more_than_get(house, role):
    for line in TABLE:
        if line.startswith("GET"):
            path = house.path(_rule(line))
            head = house.ask(role, line.replace("GET", "HEAD"), path)
            assert (line, _outcome(head), head.data) == (line, _wanted(line, role, house.is_public), b"")
            options = house.browsers[role].client.options(path)
            assert (line, options.status_code, options.data) == (line, 200, b"")


def _rule(line: str) -> str:
    return line.partition(" ")[2]


def _wanted(line: str, role: str, is_public: bool) -> str:
    return "200" if is_public and line in IN_A_PUBLIC_SPACE else TABLE[line].split()[ROLES.index(role)]


def _outcome(answer) -> str:
    if answer.status_code == 303 and answer.location.startswith("/sign-in"):
        return "in"
    return "back" if answer.status_code == 303 and answer.location == "/return" else str(answer.status_code)


def _absences(rule: str):
    names = re.findall(r"<uuid:(\w+)>", rule)
    yield names
    yield from ([name] for name in names if len(names) > 1)


def _as_seen(answer, path: str):
    """All that somebody can tell from an answer, except what they said themselves and what is random."""
    text = answer.text.replace(path, "PATH")
    text = re.sub(r'(name="csrf-token" content|name="csrf_token" value)="[^"]*"', "", text)
    headers = {name: value for name, value in answer.headers if name not in ("Set-Cookie", "Content-Length")}
    return answer.status_code, text, headers


# What is named in the body rather than in the address.


@pytest.fixture
def scene(app):
    """One space, two workshops; what each keeps from the other."""
    with app.app_context():
        space = make_space()
        here, elsewhere = make_workshop(space), make_workshop(space, title="Elders")
        maker, other = make_member(space, here), make_member(space, elsewhere)
        hidden = {
            "impact": make_impact(maker, here, visibility=Visibility.MAKER),
            "in_room": make_impact(maker, here, visibility=Visibility.WORKSHOP),
            "node": make_node(maker, here, visibility=Visibility.MAKER),
        }
        own_node = make_node(other, elsewhere)
    return space, here, elsewhere, other, hidden, own_node


@pytest.mark.parametrize("topic", ["tryouts", "indicator-stances"])
def test_a_sign_that_is_not_seen_is_absent(app, scene, new_browser, topic):
    space, here, elsewhere, other, hidden, _own = scene
    with app.app_context():
        maker = make_member(space, here)
        sign = make_indicator(maker, here, hidden["in_room"], visibility=Visibility.WORKSHOP)
        make_question(maker, sign)
    told = {"workshop_id": str(elsewhere.id), "position": "for"}
    if topic == "tryouts":
        told = {"workshop_id": str(elsewhere.id), "built": 1, "clear": "yes"}
    browser, path = new_browser(other), f"/spaces/{space.id}/{topic}"
    unseen = browser.post(path, json={**told, "indicator_id": str(sign)})
    absent = browser.post(path, json={**told, "indicator_id": str(uuid.uuid4())})
    assert unseen.status_code == 404
    assert _as_seen(unseen, path) == _as_seen(absent, path)


@pytest.mark.parametrize("which", ["impact", "in_room"])
@pytest.mark.parametrize("topic", ["stances", "indicators"])
def test_what_points_to_something_unseen_is_absent(app, scene, new_browser, topic, which):
    space, _here, elsewhere, other, hidden, _own = scene
    browser = new_browser(other)
    told = {"workshop_id": str(elsewhere.id)}
    told |= {"position": "for"} if topic == "stances" else {"question": "Zo?"}
    path = f"/spaces/{space.id}/{topic}"
    unseen = browser.post(path, json={**told, "impact_id": str(hidden[which])})
    absent = browser.post(path, json={**told, "impact_id": str(uuid.uuid4())})
    assert unseen.status_code == 404
    assert _as_seen(unseen, path) == _as_seen(absent, path)


def test_a_stop_that_is_not_seen_cannot_be_touched(app, scene, new_browser):
    space, here, elsewhere, other, hidden, _own = scene
    browser = new_browser(other)
    told = {"workshop_id": str(elsewhere.id), "text": "En toen", "question": "what_next"}
    path = f"/spaces/{space.id}/trajectories/{here.trajectory_id}/nodes"
    unseen = browser.post(path, json={**told, "touched_id": str(hidden["node"])})
    absent = browser.post(path, json={**told, "touched_id": str(uuid.uuid4())})
    assert unseen.status_code == 404
    assert _as_seen(unseen, path) == _as_seen(absent, path)


def test_a_stop_of_another_map_cannot_be_touched(app, scene, new_browser):
    space, here, elsewhere, other, _hidden, own_node = scene
    told = {"workshop_id": str(elsewhere.id), "text": "En toen", "touched_id": str(own_node)}
    path = f"/spaces/{space.id}/trajectories/{here.trajectory_id}/nodes"
    assert new_browser(other).post(path, json=told).status_code == 404


def test_a_step_of_another_workshop_cannot_go_on_stage(scene, new_browser):
    space, here, elsewhere, *_rest = scene
    browser = new_browser(space.steward)
    path = f"/workshops/{here.id}/stage"
    answer = browser.post(path, {"step_id": str(elsewhere.steps["moments"])})
    absent = browser.post(path, {"step_id": str(uuid.uuid4())})
    assert answer.status_code == 404
    assert _as_seen(answer, path) == _as_seen(absent, path)


def test_a_workshop_of_another_space_is_absent_for_who_leads_this_one(app, scene, new_browser):
    space, *_rest = scene
    with app.app_context():
        foreign = make_workshop(make_space())
    browser = new_browser(space.steward)
    path = f"/spaces/{space.id}/moments"
    answers = [
        browser.post(path, json={"workshop_id": str(workshop_id), "what_happened": "Ik was er."})
        for workshop_id in (foreign.id, uuid.uuid4())
    ]
    assert answers[0].status_code == 409
    assert _as_seen(answers[0], path) == _as_seen(answers[1], path)


def test_a_map_of_another_space_cannot_be_taken_into_a_workshop(app, scene, new_browser):
    space, *_rest = scene
    with app.app_context():
        foreign_space = make_space()
        foreign = make_workshop(foreign_space)
        make_node(make_member(foreign_space, foreign), foreign)
    answer = new_browser(space.steward).post(
        f"/spaces/{space.id}/workshops/new", {"title": "Nieuw", "trajectory_id": str(foreign.trajectory_id)}
    )
    assert answer.status_code == 422


def test_somebody_elses_waiting_contribution_does_not_become_mine(scene, new_browser):
    space, _here, elsewhere, other, *_rest = scene
    told = {
        "workshop_id": str(elsewhere.id),
        "what_happened": "Dit is van mij.",
        "membership_id": str(uuid.uuid4()),
    }
    assert new_browser(other).post(f"/spaces/{space.id}/moments", json=told).status_code == 404


def test_roles_change_at_once(app, space, workshop, new_browser):
    with app.app_context():
        person = make_member(space, workshop)
    browser = new_browser(person)
    assert browser.get(f"/spaces/{space.id}/workshops").status_code == 404
    with app.app_context(), changing(space.id) as log:
        log.session.get(Membership, person.id).role = Role.FACILITATOR
    assert browser.get(f"/spaces/{space.id}/workshops").status_code == 200


def test_a_guest_of_one_workshop_does_not_come_into_another(app, guest, space):
    with app.app_context():
        other = make_workshop(make_space())
    assert guest.stage().status_code == 200
    assert guest.get(f"/workshops/{other.id}/stage").status_code == 404
    assert guest.get(f"/workshops/{other.id}/door").status_code == 404


def test_the_kinds_that_the_register_of_contributions_knows_are_all_protected(app, scene, new_browser):
    space, here, _elsewhere, other, _hidden, _own = scene
    with app.app_context():
        maker = make_member(space, here)
        impact = make_impact(maker, here)
        sign = make_indicator(make_member(space, here), here, impact)
        make_question(space.steward, sign)
        made = {
            "moment": make_moment(maker, here),
            "working_factor": make_factor(maker, here),
            "impact": impact,
            "stance": make_stance(maker, here, impact),
            "indicator": make_indicator(maker, here, impact),
            "indicator_stance": make_stance_on_sign(maker, here, sign),
            "tryout": make_tryout(maker, here, sign),
            "node": make_node(maker, here),
        }
    for browser in (new_browser(other), new_browser(space.steward)):
        for topic, contribution_id in made.items():
            path = f"/spaces/{space.id}/mine/{topic}/{contribution_id}"
            assert browser.post(f"{path}/withdrawal").status_code == 404
            assert browser.post(f"{path}/visibility", {"visibility": "public"}).status_code == 404
