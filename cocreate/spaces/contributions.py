"""What every contribution has in common: a maker, an audience, a version, a way back."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, ForeignKey, String, Uuid, select, true, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.cards import forget_cards, is_drawn
from cocreate.core.changes import Log, changing
from cocreate.core.db import UTCDateTime, new_id, utcnow
from cocreate.core.problems import Invalid, NotFound
from cocreate.spaces.aside import hiding_of, narrow_aside, note_withdrawal
from cocreate.spaces.brought import is_by_another_hand, leave_what_is_newer, show_to_nobody_more
from cocreate.spaces.openings import Terms, require_open
from cocreate.spaces.rules import Act, Activity, may
from cocreate.spaces.terms import keep_to_terms, widen


class Contribution:
    """The columns of everything that people contribute; mixed into mapped classes.

    `topic` names it in the log, `words` lists what somebody said, `reads` what others read in its place.
    """

    topic: ClassVar[str]
    words: ClassVar[tuple[str, ...]]
    reads: ClassVar[tuple[str, ...]] = ()
    meeting_card: ClassVar[str | None] = None  # which card a meeting sees, where that is another one
    is_private_for_good: ClassVar[bool] = False  # nobody but its maker ever sees it, whatever they choose
    is_limited: ClassVar[bool] = False  # a part of a meeting may say how many of these one person tells
    is_of_part: ClassVar[bool] = False  # it answers what one part of a meeting asks
    counts_when_aside: ClassVar[bool] = False  # an answer with a reason: only the reason is set aside
    only_widens: ClassVar[bool] = False  # told again it is the same one, and is shown to nobody less

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    workshop_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    part_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)  # of that meeting, where the page said so
    widest: Mapped[str | None] = mapped_column(String(16))  # that part lets nobody show it further than this
    visibility: Mapped[str] = mapped_column(String(16), default=Visibility.MAKER)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    signed: Mapped[str | None] = mapped_column(String(60))  # the name that its maker put with it
    is_by_helper: Mapped[bool] = mapped_column(default=False)  # somebody else wrote it down for its maker

    @declared_attr
    def space_id(cls) -> Mapped[uuid.UUID]:  # noqa: N805
        """The space it belongs to."""
        return mapped_column(ForeignKey("space.id"), index=True)

    @declared_attr
    def maker_id(cls) -> Mapped[uuid.UUID]:  # noqa: N805
        """The membership that contributed it."""
        return mapped_column(ForeignKey("membership.id"), index=True)

    @classmethod
    def is_listed(cls) -> ColumnElement[bool]:
        """Whether it stands on shelves by itself."""
        return true()

    @property
    def audience(self) -> Audience:
        """For whom it is meant now."""
        return Audience(Visibility(self.visibility), self.maker_id, self.workshop_id)

    @property
    def told(self) -> list[str]:
        """What its maker reads back."""
        return [word for word in (getattr(self, name) for name in self.words) if word]

    def arrive(self, arrival: "Arrival") -> None:
        """It was told again: where it comes from now, and for whom it is meant."""
        self.workshop_id, self.visibility = arrival.workshop_id, arrival.visibility
        self.withdrawn_at = None
        self.touch()

    def touch(self) -> None:
        """It looks different from now on; cards made before are stale."""
        self.version += 1

    def forget(self) -> None:
        """Take the words out; the row stays, so that an id cannot come back to life."""
        self.withdrawn_at = utcnow()
        self.signed = None
        self.touch()
        for column in self.words:
            setattr(self, column, "")


Made = TypeVar("Made", bound=Contribution)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A contribution as it comes in: its id from the device, where it was made, for whom it is meant."""

    id: uuid.UUID
    workshop_id: uuid.UUID | None  # none: between meetings
    visibility: Visibility
    is_by_helper: bool = False
    is_signed: bool = False  # its maker wants their name with it, where a meeting shows names
    part_id: uuid.UUID | None = None  # in which part of that meeting


def contribute(
    viewer: Viewer,
    arrival: Arrival,
    activity: Activity,
    keep: Callable[[Log], Made],
    count: Callable[[Log, Made], None] = lambda _log, _made: None,
    is_news: Callable[[Made], bool] = lambda _made: True,
) -> dict[str, Any]:
    """Keep a contribution exactly once; the same id again gets the first answer.

    `keep` puts it into the session and gives it back; or gives back the same as somebody else told it.
    `count` is told of it once it goes as far as the part of the meeting lets it go; the log, if it `is_news`.
    """

    def work(log: Log, terms: Terms) -> Contribution:
        made = keep(log)
        if made.maker_id == viewer.membership_id:
            show_to_nobody_more(log, made)
            if made.id == arrival.id or made.id in log.before:
                keep_to_terms(log, made, arrival, terms)
            elif made.only_widens and not is_by_another_hand():
                widen(log, made, arrival, terms)
            log.session.flush()
            count(log, made)
            if is_news(made):
                record(log, made, "shared")
        return made

    return _once(viewer, arrival, activity, work)


def once(
    viewer: Viewer, arrival: Arrival, activity: Activity, work: Callable[[Log], Contribution]
) -> dict[str, Any]:
    """Do this where it is open now; the same id again gets the first answer. All of it, or nothing.

    `work` gives back the contribution that it is about.
    """
    return _once(viewer, arrival, activity, lambda log, _terms: work(log))


def _once(
    viewer: Viewer, arrival: Arrival, activity: Activity, work: Callable[[Log, Terms], Contribution]
) -> dict[str, Any]:
    if viewer.membership_id is None:
        raise NotFound
    if arrival.workshop_id is None and arrival.visibility is Visibility.WORKSHOP:
        raise Invalid(_l("There is no meeting now. Choose who else may see it."))
    try:
        with changing(viewer.space_id) as log:
            earlier = log.receipt(arrival.id, viewer.membership_id)
            if earlier:
                return earlier
            about = work(log, require_open(viewer, arrival.workshop_id, activity, arrival.part_id))
            answer = {"id": str(arrival.id), "subject_id": str(about.id), "state": "kept"}
            log.keep_receipt(arrival.id, viewer.membership_id, about.topic, answer)
            return answer
    except IntegrityError as taken:
        # An id that is in use, but not by an earlier contribution of this membership.
        raise NotFound from taken


def own_about(log: Log, viewer: Viewer, kind: type[Made], **about: uuid.UUID) -> Made | None:
    """The one contribution of this viewer about this, also when they took it back."""
    return log.session.scalar(select(kind).filter_by(maker_id=viewer.membership_id, **about))


def own_or_new(log: Log, viewer: Viewer, arrival: Arrival, kind: type[Made], **about: uuid.UUID) -> Made:
    """The one contribution of this viewer about this, from before or new; who tells it again changes it."""
    made = own_about(log, viewer, kind, **about)
    if made is not None:
        leave_what_is_newer(log, made, arrival.id)
        is_gone = made.withdrawn_at is not None
        log.before[made.id] = Audience(Visibility.MAKER) if is_gone else made.audience
    else:
        # What is not said yet is said to be nothing: else saying so later costs a statement each.
        unsaid = dict.fromkeys(("part_id", "widest", "signed"))
        whose = {"id": arrival.id, "space_id": log.space_id, "maker_id": viewer.membership_id}
        made = kind(version=0, **whose, **about, **unsaid)  # type: ignore[call-arg]
        log.session.add(made)
    return made


def touch_told_by(log: Log, maker_id: uuid.UUID) -> None:
    """Everything that somebody told looks different: they speak from another voice now."""
    for kind in Contribution.__subclasses__():
        if is_drawn(kind.topic):
            theirs = update(kind).where(kind.maker_id == maker_id, kind.withdrawn_at.is_(None))
            log.session.execute(theirs.values(version=kind.version + 1))


def record(
    log: Log,
    made: Contribution,
    verb: str,
    payload: dict[str, Any] | None = None,
    actor_id: uuid.UUID | None = None,
) -> None:
    """Write into the log what happened to a contribution; its maker did it, unless somebody else is named."""
    log.record(
        made.topic,
        verb,
        audience=made.audience,
        subject_type=made.topic,
        subject_id=made.id,
        actor_id=actor_id or made.maker_id,
        payload=payload,
    )


def changed(
    log: Log, made: Contribution, actor_id: uuid.UUID | None, verb: str, payload: dict[str, Any] | None = None
) -> None:
    """It looks different from now on, because somebody did something with it."""
    made.touch()
    log.session.flush()
    record(log, made, verb, payload, actor_id)


def withdraw(viewer: Viewer, kind: type[Contribution], contribution_id: uuid.UUID) -> None:
    """Take back what I told: the words go, everywhere and at once. Twice is as good as once."""
    with changing(viewer.space_id) as log:
        made = own(log, viewer, kind, contribution_id)
        if made.withdrawn_at is not None:
            return
        made.forget()
        record(log, made, "withdrawn")
        note_withdrawal(log, made)
        log.session.flush()
        log.redact(made.topic, made.id)
    forget_cards(contribution_id)


def change_visibility(
    viewer: Viewer, kind: type[Contribution], contribution_id: uuid.UUID, visibility: Visibility
) -> None:
    """Show what I told to more people, or to fewer; who no longer contributes can only do the last.

    What was set aside stays so; when it comes back, it is shown no further than this.
    """
    with changing(viewer.space_id) as log:
        made = own(log, viewer, kind, contribution_id)
        hiding = None if made.counts_when_aside else hiding_of(log, made)
        now = hiding.visibility if hiding else made.visibility
        if made.withdrawn_at is not None or visibility not in audiences_of(viewer, made, now):
            raise NotFound
        if hiding is not None:
            narrow_aside(log, hiding, visibility, made.maker_id)
            return
        record(log, made, "hidden")  # to those who saw it until now
        made.visibility = visibility
        made.touch()
        record(log, made, "shared")


def audiences_of(viewer: Viewer, made: Contribution, now: str | None = None) -> frozenset[Visibility]:
    """For whom the maker may mean this from now on; `now`: how far it is meant, where it was set aside.

    No further than the part in which it was told lets anybody show it, or than it is shown already.
    """
    if made.is_private_for_good:
        return frozenset({Visibility.MAKER})
    farthest, limit = Visibility(now or made.visibility), Visibility(made.widest or Visibility.PUBLIC)
    if may(viewer, Act.CONTRIBUTE, made.maker_id) and farthest.least(limit) is farthest:
        farthest = limit
    return frozenset(each for each in Visibility if each.least(farthest) is each)


def own(log: Log, viewer: Viewer, kind: type[Contribution], contribution_id: uuid.UUID) -> Any:
    """The viewer's own contribution; what is somebody else's does not exist."""
    made = log.session.get(kind, contribution_id)
    if made is None or made.space_id != viewer.space_id or not may(viewer, Act.TAKE_BACK, made.maker_id):
        raise NotFound
    return made
