"""Plain functions that make what a test starts from, through the services that the product uses."""

import itertools
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cocreate.accounts.service import sign_up, welcome_guest
from cocreate.compensation.rules import Kind
from cocreate.compensation.service import Thanks, write_down
from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import changing
from cocreate.core.db import new_id, session
from cocreate.impacts.rules import Position, Realism
from cocreate.impacts.service import (
    check_realism,
    propose_impact,
    remark_on,
    suggest_wording,
    take_stance,
)
from cocreate.indicators.kinds import Agreement, AnswerKind, AnswerShape
from cocreate.indicators.models import Answer as AnswerRow
from cocreate.indicators.models import Indicator, Measuring
from cocreate.indicators.queries.brought import brought_before
from cocreate.indicators.queries.choosing import signs_for_all
from cocreate.indicators.rules import Direction
from cocreate.indicators.service import propose_indicator
from cocreate.indicators.service.answering import Given, Place, answer
from cocreate.indicators.service.bringing import Agreed, bring_in_table
from cocreate.indicators.service.building import Draft, build, try_out
from cocreate.indicators.service.choosing import Draft as Listed
from cocreate.indicators.service.choosing import approve, open_choosing
from cocreate.indicators.service.composing import Asked, compose
from cocreate.indicators.service.context import ContextDraft, add_context_figure
from cocreate.indicators.service.deciding import take_stance_on_sign
from cocreate.indicators.service.guiding import name_guide
from cocreate.indicators.service.measuring import Plan, start_measuring
from cocreate.indicators.service.stepping import StepDraft, set_goal, take_step
from cocreate.moments.service import MomentDraft, name_factor, share_moment
from cocreate.replies.rules import IsRight, Mood
from cocreate.replies.service import check_summary, mark_mood, promise, reply, write_summary
from cocreate.spaces.contributions import Arrival
from cocreate.spaces.models import Space
from cocreate.spaces.openings import open_activity
from cocreate.spaces.queries import membership_of, viewer_for, voices_of
from cocreate.spaces.rules import Activity, Role
from cocreate.spaces.service import SpaceDraft, attend, join_space, open_space
from cocreate.trajectories.service import Answer, grow
from cocreate.workshops.library import Agenda
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.workshops import trajectory_of_workshop
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from cocreate.workshops.service import open_doors, start_workshop
from cocreate.workshops.service.grouping import make_heading as add_heading
from cocreate.workshops.service.keeping import keep_agenda
from cocreate.workshops.service.lighting import put_aside
from cocreate.workshops.service.preparing import start_series
from cocreate.workshops.service.stage import terms_of
from cocreate.workshops.sketches import new_part

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Member:
    """A person in a space."""

    person_id: uuid.UUID
    space_id: uuid.UUID
    id: uuid.UUID

    @property
    def viewer(self) -> Viewer:
        """How they look at the space now."""
        space = session().get(Space, self.space_id)
        return viewer_for(space, membership_of(self.space_id, self.person_id))


@dataclass(frozen=True)
class MadeSpace:
    """A space with the one who opened it."""

    id: uuid.UUID
    steward: Member


# One part of each kind that most tests need, in the order in which people go through them.
SIX = (
    StepSketch(StepKind.WELCOME, Phase.DEFINE, 15),
    StepSketch(StepKind.MOMENTS, Phase.DISCOVER, 25),
    StepSketch(StepKind.IMPACTS, Phase.DREAM, 30),
    StepSketch(StepKind.INDICATORS, Phase.DESIGN, 20),
    StepSketch(StepKind.MAP, Phase.DELIVER, 35),
    StepSketch(StepKind.CLOSE, Phase.DELIVER, 10),
)


@dataclass(frozen=True)
class MadeWorkshop:
    """A workshop of that space, with the map it draws."""

    id: uuid.UUID
    space_id: uuid.UUID
    code: str
    trajectory_id: uuid.UUID
    steps: dict[str, uuid.UUID]


def make_account(**overrides: Any) -> uuid.UUID:
    """A person who leads workshops. Without a password, because hashing one takes long."""
    number = next(_numbers)
    facts = {"email": f"person{number}@example.org", "name": f"Person {number}", "password": None}
    return sign_up(**{**facts, **overrides})


def make_space(**overrides: Any) -> MadeSpace:
    """A space; `person_id` is its steward."""
    person_id = overrides.pop("person_id", None) or make_account()
    space = open_space(person_id, SpaceDraft(**{"name": "Het plein", **overrides}))
    return MadeSpace(space.id, Member(person_id, space.id, membership_of(space.id, person_id).id))


def make_workshop(
    space: MadeSpace,
    *,
    title: str = "Spelmiddag",
    activities: Iterable[Activity] = Activity,
    doors: bool = True,
    agenda: Agenda | Sequence[StepSketch] = SIX,
) -> MadeWorkshop:
    """A workshop with its doors open, and these activities too."""
    workshop_id = start_workshop(space.id, title, agenda=agenda)
    if doors:
        open_doors(workshop_id, space.id)
    with changing(space.id) as log:
        parts = {step.id: terms_of(step) for step in log.session.get_one(Workshop, workshop_id).steps}
        for activity in activities:
            open_activity(log, workshop_id, activity, parts)
    workshop = session().get(Workshop, workshop_id)
    return MadeWorkshop(
        workshop_id,
        space.id,
        workshop.code,
        trajectory_of_workshop(workshop_id).id,
        {step.kind: step.id for step in workshop.steps},
    )


def make_member(space: MadeSpace, *workshops: MadeWorkshop, **overrides: Any) -> Member:
    """A participant who came to these workshops."""
    facts = {"role": Role.PARTICIPANT, "shares_with": Visibility.SPACE, **overrides}
    person_id = facts.pop("person_id", None) or welcome_guest()
    voice = facts.pop("voice", "resident")
    voices = {each.key: each.id for each in voices_of(space.id)}
    with changing(space.id) as log:
        membership = join_space(log, person_id, voice_id=voices[voice], **facts)
        for workshop in workshops:
            attend(log, workshop.id, membership)
    return Member(person_id, space.id, membership.id)


def make_arrival(workshop: MadeWorkshop, **overrides: Any) -> Arrival:
    """A contribution on its way in."""
    return Arrival(
        **{"id": new_id(), "workshop_id": workshop.id, "visibility": Visibility.SPACE, **overrides}
    )


def make_moment(
    maker: Member, workshop: MadeWorkshop, what_happened: str = "We zongen.", **overrides: Any
) -> uuid.UUID:
    """A moment; `why_it_mattered`, `what_made_it_possible`, and what an arrival has."""
    words = {
        word: overrides.pop(word)
        for word in ("why_it_mattered", "what_made_it_possible")
        if word in overrides
    }
    arrival = make_arrival(workshop, **overrides)
    return _subject(share_moment(maker.viewer, arrival, MomentDraft(what_happened, **words)))


def make_factor(
    maker: Member,
    workshop: MadeWorkshop,
    name: str = "Er was tijd",
    moment_id: uuid.UUID | None = None,
    **overrides: Any,
) -> uuid.UUID:
    """What helped, in that moment if one is given; it may be what somebody else named."""
    return _subject(name_factor(maker.viewer, make_arrival(workshop, **overrides), name, moment_id))


def make_impact(
    maker: Member, workshop: MadeWorkshop, statement: str = "Iedereen doet mee.", **overrides: Any
) -> uuid.UUID:
    """A proposal."""
    return _subject(propose_impact(maker.viewer, make_arrival(workshop, **overrides), statement))


def make_stance(
    maker: Member,
    workshop: MadeWorkshop,
    impact_id: uuid.UUID,
    position: Position = Position.FOR,
    **overrides: Any,
) -> uuid.UUID:
    """A stance."""
    reason = overrides.pop("reason", "")
    arrival = make_arrival(workshop, **overrides)
    return _subject(take_stance(maker.viewer, arrival, impact_id, position, reason))


def make_wording(
    maker: Member,
    workshop: MadeWorkshop,
    impact_id: uuid.UUID,
    text: str = "Niemand blijft alleen.",
    **overrides: Any,
) -> uuid.UUID:
    """How somebody would say it."""
    return _subject(suggest_wording(maker.viewer, make_arrival(workshop, **overrides), impact_id, text))


def make_remark(
    maker: Member, workshop: MadeWorkshop, impact_id: uuid.UUID, text: str = "En dan?", **overrides: Any
) -> uuid.UUID:
    """What somebody says about it."""
    return _subject(remark_on(maker.viewer, make_arrival(workshop, **overrides), impact_id, text))


def make_check(
    maker: Member,
    workshop: MadeWorkshop,
    impact_id: uuid.UUID,
    answer: Realism = Realism.FAIR,
    **overrides: Any,
) -> uuid.UUID:
    """Whether somebody thinks it is fair to people."""
    reason = overrides.pop("reason", "")
    arrival = make_arrival(workshop, **overrides)
    return _subject(check_realism(maker.viewer, arrival, impact_id, answer, reason))


def make_indicator(
    maker: Member,
    workshop: MadeWorkshop,
    impact_id: uuid.UUID,
    question: str = "We groeten elkaar.",
    **overrides: Any,
) -> uuid.UUID:
    """A sign."""
    return _subject(propose_indicator(maker.viewer, make_arrival(workshop, **overrides), impact_id, question))


def make_question(
    builder: Member,
    indicator_id: uuid.UUID,
    asked: str = "Hoe vaak groet je iemand?",
    shape: AnswerShape | None = None,
    **overrides: Any,
) -> uuid.UUID:
    """A sign as a question; `sensitivity`, and `because` where words stay that may hurt."""
    build(
        builder.viewer, indicator_id, Draft(asked, shape or AnswerShape(AnswerKind.SCALE_0_10), **overrides)
    )
    return indicator_id


def make_tryout(
    maker: Member,
    workshop: MadeWorkshop,
    indicator_id: uuid.UUID,
    clear: Agreement = Agreement.YES,
    **overrides: Any,
) -> uuid.UUID:
    """That somebody tried the question as it is now; `note`, `seconds`."""
    told = {word: overrides.pop(word) for word in ("note", "seconds") if word in overrides}
    built = session().get_one(Indicator, indicator_id).built
    arrival = make_arrival(workshop, **overrides)
    return _subject(try_out(maker.viewer, arrival, indicator_id, built, clear, **told))


def make_stance_on_sign(
    maker: Member,
    workshop: MadeWorkshop,
    indicator_id: uuid.UUID,
    position: Position = Position.FOR,
    **overrides: Any,
) -> uuid.UUID:
    """A stance on a sign."""
    reason = overrides.pop("reason", "")
    arrival = make_arrival(workshop, **overrides)
    return _subject(take_stance_on_sign(maker.viewer, arrival, indicator_id, position, reason))


def make_choosing(leader: Member, **draft: Any) -> uuid.UUID:
    """A list of all signs that everybody may see, or of `signs`, that people can choose from now."""
    if "seconds" not in draft:
        draft.setdefault("seats", 2)
    signs = draft.pop("signs", None) or [sign.id for sign in signs_for_all(leader.space_id)]
    return open_choosing(leader.viewer, Listed(**{"title": "Waar beginnen we?", "signs": signs, **draft}))


def make_ballot(
    maker: Member,
    choosing_id: uuid.UUID,
    *signs: uuid.UUID,
    workshop_id: uuid.UUID | None = None,
    **overrides: Any,
) -> uuid.UUID:
    """What somebody chose, between meetings."""
    arrival = Arrival(overrides.get("id") or new_id(), workshop_id, Visibility.MAKER)
    return _subject(approve(maker.viewer, arrival, choosing_id, [str(sign) for sign in signs]))


def make_mood(
    maker: Member,
    workshop: MadeWorkshop,
    mood: Mood = Mood.SUN,
    step_id: uuid.UUID | None = None,
    **overrides: Any,
) -> uuid.UUID:
    """How somebody is here, in that step."""
    step_id = step_id or next(iter(workshop.steps.values()))
    return _subject(mark_mood(maker.viewer, make_arrival(workshop, **overrides), step_id, mood))


def make_reply(
    maker: Member,
    workshop: MadeWorkshop,
    text: str = "Meer bankjes.",
    step_id: uuid.UUID | None = None,
    **overrides: Any,
) -> uuid.UUID:
    """An answer to the open question of that step."""
    step_id = step_id or next(iter(workshop.steps.values()))
    return _subject(reply(maker.viewer, make_arrival(workshop, **overrides), step_id, text))


def make_commitment(
    maker: Member, workshop: MadeWorkshop, text: str = "Ik bel mijn buurvrouw.", **overrides: Any
) -> uuid.UUID:
    """What somebody promises."""
    by_on = overrides.pop("by_on", None)
    return _subject(promise(maker.viewer, make_arrival(workshop, **overrides), text, by_on))


def make_summary(leader: Member, workshop: MadeWorkshop, text: str = "We willen samen eten.") -> uuid.UUID:
    """A sentence that is read back."""
    return write_summary(leader.viewer, workshop.id, text)


def make_summary_check(
    maker: Member,
    workshop: MadeWorkshop,
    summary_id: uuid.UUID,
    answer: IsRight = IsRight.RIGHT,
    text: str = "",
    **overrides: Any,
) -> uuid.UUID:
    """What somebody says of it."""
    return _subject(
        check_summary(maker.viewer, make_arrival(workshop, **overrides), summary_id, answer, text)
    )


def make_instrument(space: MadeSpace, *shapes: AnswerShape, title: str = "Ons plein") -> uuid.UUID:
    """A questionnaire of the space with a question for each shape, none of them delicate."""
    shapes = shapes or (AnswerShape(AnswerKind.SCALE_0_10),)
    asked = [Asked(f"Vraag {number}?", shape) for number, shape in enumerate(shapes, 1)]
    return compose(space.steward.viewer, title, asked)


def make_measuring(
    space: MadeSpace, instrument_id: uuid.UUID | None = None, **plan: Any
) -> tuple[uuid.UUID, uuid.UUID]:
    """A measuring that has started, and its baseline, which is open."""
    instrument_id = instrument_id or make_instrument(space)
    return start_measuring(space.steward.viewer, instrument_id, Plan(**{"title": "Meten", **plan}))


def make_context_figure(space: MadeSpace, **overrides: Any) -> uuid.UUID:
    """A figure from elsewhere."""
    facts = {"label": "Regen", "value": "12", "place": "De stad", "period": "2025", "source": "De regenmeter"}
    return add_context_figure(space.steward.viewer, ContextDraft(**{**facts, **overrides}))


def make_brought_table(space: MadeSpace, measuring_id: uuid.UUID) -> uuid.UUID:
    """A table that who looks after the space brought in; somebody is in it who answered nothing."""
    bring_in_table(space.steward.viewer, measuring_id, b"person,round\nAn,0\n", Agreed())
    return brought_before(session().get_one(Measuring, measuring_id))[0].id


def give_answer(
    maker: Member, round_id: uuid.UUID, item_id: uuid.UUID, value: str = "7", **overrides: Any
) -> uuid.UUID:
    """What somebody answers to one question of a round; `missing`, `have` and `wish` go in its place."""
    arrival = Arrival(
        overrides.pop("id", None) or new_id(),
        overrides.pop("workshop_id", None),
        overrides.pop("visibility", Visibility.MAKER),
    )
    given = Given(**{"value": value, **overrides})
    return _subject(answer(maker.viewer, arrival, Place(round_id, item_id), given))


def make_answer(
    member: Member,
    round_id: uuid.UUID,
    item_id: uuid.UUID,
    value: Any = None,
    missing: str | None = None,
    **overrides: Any,
) -> uuid.UUID:
    """An answer of this member, or why there is none; `created_at` when it was given on another day."""
    with changing(member.space_id) as log:
        answer = AnswerRow(
            **{
                "id": new_id(),
                "space_id": member.space_id,
                "maker_id": member.id,
                "visibility": Visibility.MAKER,
                "round_id": round_id,
                "item_id": item_id,
                "value": value,
                "missing": missing,
                **overrides,
            }
        )
        log.session.add(answer)
        return answer.id


def make_compensation(space: MadeSpace, *names: str, **overrides: Any) -> None:
    """What these people get; `cents`, `voucher`, `on`, `occasion`, `minutes`, `given_on`."""
    facts = {"occasion": "Spelmiddag", "on": date(2026, 5, 1), "kind": Kind.MONEY, "cents": 1500, **overrides}
    write_down(space.steward.viewer, names or ("Anna",), Thanks(**facts), uuid.uuid4())


def make_goal(
    maker: Member, workshop: MadeWorkshop, text: str = "Ik wil weer fietsen.", **overrides: Any
) -> uuid.UUID:
    """Where somebody wants to go; `replaces_id` names what it is another wording of."""
    replaces_id = overrides.pop("replaces_id", None)
    return _subject(set_goal(maker.viewer, make_arrival(workshop, **overrides), text, replaces_id))


def make_step(
    maker: Member,
    workshop: MadeWorkshop,
    goal_id: uuid.UUID,
    text: str = "Banden opgepompt.",
    **overrides: Any,
) -> uuid.UUID:
    """A small step; `direction` and `taken_on`."""
    draft = StepDraft(
        goal_id, text, overrides.pop("direction", Direction.TOWARDS), overrides.pop("taken_on", None)
    )
    return _subject(take_step(maker.viewer, make_arrival(workshop, **overrides), draft))


def make_heading(
    space: MadeSpace, workshop: MadeWorkshop, words: str = "Samen eten", topic: str = "moment"
) -> uuid.UUID:
    """A heading over what was told in a workshop, made by who leads."""
    return add_heading(space.steward.viewer, workshop.id, topic, words)


def make_aside(
    space: MadeSpace,
    workshop: MadeWorkshop,
    made: uuid.UUID,
    topic: str = "moment",
    reason: str = "Een naam.",
) -> uuid.UUID:
    """Set something aside, as who leads."""
    put_aside(space.steward.viewer, workshop.id, topic, made, reason)
    return made


def make_guide(member: Member, guide: Member) -> None:
    """This one is named to walk along; they need a name, and to lead or to be a professional."""
    name_guide(member.viewer, guide.id)


def make_node(maker: Member, workshop: MadeWorkshop, text: str = "Voetbaldag", **overrides: Any) -> uuid.UUID:
    """A stop on the map of the workshop; `answer` says which question it answers."""
    answer = overrides.pop("answer", None) or Answer(text)
    arrival = make_arrival(workshop, **overrides)
    return _subject(grow(maker.viewer, arrival, workshop.trajectory_id, answer))


def _subject(answer: dict[str, str]) -> uuid.UUID:
    return uuid.UUID(answer["subject_id"])


def make_own_agenda(
    space: MadeSpace,
    kinds: Sequence[StepKind] = (StepKind.WELCOME, StepKind.MOMENTS, StepKind.CLOSE),
    title: str = "Zoals wij het doen",
) -> uuid.UUID:
    """An agenda that the space keeps."""
    return keep_agenda(space.id, space.steward.id, title, [new_part(kind) for kind in kinds])


def make_series(space: MadeSpace, *workshops: MadeWorkshop, title: str = "Elke maand") -> uuid.UUID:
    """A series of these meetings, in this order."""
    with changing(space.id) as log:
        series_id = start_series(log, title)
        for position, each in enumerate(workshops, start=1):
            meeting = log.session.get_one(Workshop, each.id)
            meeting.series_id, meeting.series_position = series_id, position
    return series_id
