"""The register: every table, and what it holds of a person. A table that is missing here fails the build."""

from dataclasses import dataclass
from enum import StrEnum


class Holds(StrEnum):
    """What a table keeps of people."""

    NOBODY = "nobody"
    PERSON = "person"  # who somebody is, or where they were
    WORDS = "words"  # what somebody told


@dataclass(frozen=True, slots=True)
class Entry:
    """Why a table is there, which columns say something of a person, and how that is taken out."""

    holds: Holds
    why: str
    columns: tuple[str, ...] = ()
    ends: str = ""


REGISTER: dict[str, Entry] = {
    "person": Entry(Holds.PERSON, "somebody exists", ("id",), "with the space"),
    "account": Entry(
        Holds.PERSON,
        "to recognise who leads workshops",
        ("email", "name", "password_hash"),
        "when the account is closed",
    ),
    "return_code": Entry(Holds.PERSON, "to let a guest come back", ("hash", "person_id"), "with the person"),
    "salt": Entry(Holds.NOBODY, "one random number for all return codes"),
    "sign_in": Entry(
        Holds.PERSON, "a browser that is signed in", ("person_id",), "at sign-out, or after 30 days"
    ),
    "sign_in_link": Entry(Holds.PERSON, "a link that signs in once", ("person_id",), "when used"),
    "space": Entry(Holds.NOBODY, "what a space is called and for"),
    "voice": Entry(Holds.NOBODY, "the voices of a space"),
    "membership": Entry(
        Holds.PERSON,
        "who takes part, with which voice",
        ("person_id", "name", "voice_id", "brought_by"),
        "with the space",
    ),
    "attendance": Entry(Holds.PERSON, "who was in which workshop", ("membership_id",), "with the space"),
    "opening": Entry(Holds.NOBODY, "what a workshop opened"),
    "workshop": Entry(Holds.NOBODY, "a gathering"),
    "step": Entry(Holds.NOBODY, "its agenda"),
    "moment": Entry(
        Holds.WORDS,
        "a meaningful moment",
        ("what_happened", "why_it_mattered", "what_made_it_possible"),
        "when withdrawn",
    ),
    "working_factor": Entry(Holds.WORDS, "what helped", ("name",), "when withdrawn"),
    "moment_factor": Entry(
        Holds.PERSON, "who said that it helped in a moment", ("maker_id",), "with the space"
    ),
    "desired_impact": Entry(Holds.WORDS, "what somebody wants", ("statement",), "when withdrawn"),
    "stance": Entry(
        Holds.WORDS,
        "where somebody stands",
        ("position", "reason", "shown_answer", "shown_before"),
        "when withdrawn",
    ),
    "wording": Entry(Holds.WORDS, "how somebody would say it", ("text",), "when withdrawn"),
    "remark": Entry(Holds.WORDS, "what somebody says about a proposal", ("text",), "when withdrawn"),
    "realism_check": Entry(
        Holds.WORDS,
        "whether somebody thinks that it is realistic",
        ("answer", "reason", "shown_answer", "shown_before"),
        "when withdrawn",
    ),
    "indicator": Entry(
        Holds.WORDS,
        "how somebody would notice",
        ("question", "asked", "labels", "unit", "overruled", "overruled_because"),
        "when withdrawn",
    ),
    "indicator_stance": Entry(
        Holds.WORDS,
        "where somebody stands towards a sign",
        ("position", "reason", "shown_answer", "shown_before"),
        "when withdrawn",
    ),
    "tryout": Entry(
        Holds.WORDS,
        "whether a question was clear to somebody",
        ("clear", "note", "seconds"),
        "when withdrawn",
    ),
    "caution": Entry(Holds.NOBODY, "phrases a space wants to be careful with"),
    "choosing": Entry(Holds.NOBODY, "a list to choose from, and what came out of it"),
    "choosing_item": Entry(Holds.NOBODY, "the signs on such a list"),
    "ballot": Entry(Holds.WORDS, "what somebody approves of", ("approved",), "when withdrawn"),
    "instrument": Entry(Holds.PERSON, "a questionnaire", ("made_by_id", "definition"), "with the space"),
    "instrument_item": Entry(
        Holds.PERSON, "why words stay in a question", ("overruled_because",), "with the sign it came from"
    ),
    "measuring": Entry(Holds.NOBODY, "why, how often and until when is measured"),
    "round": Entry(Holds.NOBODY, "a time that people are asked"),
    "answer": Entry(Holds.WORDS, "what somebody answered", ("value", "missing"), "when withdrawn"),
    "publication": Entry(
        Holds.PERSON, "what may be shown of answers, by whole groups", ("content",), "with the space"
    ),
    "paper_person": Entry(Holds.PERSON, "who answers on paper", ("label", "membership_id"), "with the space"),
    "export_consent": Entry(
        Holds.PERSON, "whose answers may go along in a table", ("membership_id",), "with the space"
    ),
    "table_export": Entry(Holds.PERSON, "that a table was taken out", ("made_by_id",), "with the space"),
    "brought_table": Entry(Holds.PERSON, "that a table was brought in", ("brought_by_id",), "with the space"),
    "brought_person": Entry(
        Holds.PERSON,
        "who came in with which table, to take it out again",
        ("membership_id",),
        "when the table is taken out, at the latest with the space",
    ),
    "context_figure": Entry(Holds.PERSON, "figures from outside", ("added_by_id",), "with the space"),
    "goal": Entry(Holds.WORDS, "where somebody wants to go", ("text",), "when withdrawn"),
    "small_step": Entry(
        Holds.WORDS, "a step somebody took", ("text", "direction", "taken_on"), "when withdrawn"
    ),
    "step_share": Entry(
        Holds.PERSON, "what may be shown of steps, by whole groups", ("content",), "with the space"
    ),
    "guide": Entry(
        Holds.PERSON, "who walks along with whom", ("membership_id", "guide_id"), "with the space"
    ),
    "trajectory": Entry(Holds.NOBODY, "a map, of which the nodes hold the words"),
    "node": Entry(Holds.WORDS, "a stop on the road", ("text", "note", "about_when"), "when withdrawn"),
    "edge": Entry(Holds.WORDS, "a step on the road", ("label", "maker_id"), "with the nodes it joins"),
    "node_reference": Entry(
        Holds.PERSON, "what a stop on the road has to do with", ("maker_id",), "with the stop it is on"
    ),
    "log_head": Entry(Holds.NOBODY, "the last number of a space's log"),
    "change": Entry(
        Holds.PERSON,
        "that something happened",
        ("actor_id", "maker_id", "payload"),
        "redacted when withdrawn",
    ),
    "receipt": Entry(Holds.PERSON, "so that nothing arrives twice", ("membership_id",), "with the space"),
    "hiding": Entry(
        Holds.PERSON, "what was set aside, by whom and why", ("hidden_by_id", "reason"), "with the space"
    ),
    "series": Entry(Holds.NOBODY, "meetings that belong together"),
    "own_agenda": Entry(Holds.PERSON, "an agenda for another time", ("made_by_id",), "with the space"),
    "heading": Entry(Holds.NOBODY, "a heading over what belongs together"),
    "grouped": Entry(Holds.NOBODY, "what stands under a heading"),
    "handover": Entry(
        Holds.PERSON, "who may come to lead a meeting", ("made_by_id", "taken_by_id"), "with the space"
    ),
    "mood_mark": Entry(Holds.WORDS, "how somebody is here", ("mood",), "when withdrawn"),
    "reply": Entry(Holds.WORDS, "an answer to an open question", ("text", "signed"), "when withdrawn"),
    "commitment": Entry(Holds.WORDS, "what somebody promises", ("text", "by_on", "signed"), "when withdrawn"),
    "summary": Entry(
        Holds.PERSON, "what who leads has heard, to read back", ("made_by_id", "text"), "with the space"
    ),
    "summary_check": Entry(
        Holds.WORDS, "whether a summary is right", ("answer", "text", "shown_answer"), "when withdrawn"
    ),
    "compensation": Entry(
        Holds.PERSON,
        "who gets what for taking part, for the bookkeeper; tied to nobody's answers",
        ("label",),
        "when the line is removed, at the latest with the space",
    ),
    "thanks_note": Entry(Holds.NOBODY, "what a space tells about payments"),
    "alembic_version": Entry(Holds.NOBODY, "the version of the schema"),
}
