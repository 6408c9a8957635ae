"""What of a mindmap stays behind: how it looked and what its program needs, each counted."""

from typing import Final

from cocreate.trajectories.formats import sentences
from cocreate.trajectories.formats.imported import Draft
from cocreate.trajectories.formats.sentences import marked as _l
from cocreate.trajectories.formats.xml import Element

# Where a topic stood; all of it is one remark, that we draw in our own way.
PLACED: Final = frozenset(
    {
        *("POSITION", "HGAP", "VGAP", "VSHIFT", "HGAP_QUANTITY", "VGAP_QUANTITY", "VSHIFT_QUANTITY"),
        *("VSHIFT_FACTOR", "COMMON_HGAP_QUANTITY", "CHILD_GAPS", "LAYOUT", "SIDE"),
    }
)
_CARRIED: Final = frozenset(
    {
        *("ID", "TEXT", "LOCALIZED_TEXT", "SHORT_TEXT", "LINK", "TOLD", "STEP_ID", "STEP_TOLD"),
        *("TREE_ID", "CONTENT_ID", "FOLDED", "space"),
    }
)
_SENTENCES: Final = {
    "COLOR": sentences.COLOURS,
    "BACKGROUND_COLOR": sentences.COLOURS,
    "STYLE": sentences.LOOKS,
    "STYLE_REF": sentences.LOOKS,
    "LOCALIZED_STYLE_REF": sentences.LOOKS,
    "FORMAT": sentences.LOOKS,
    "NUMBERED": sentences.LOOKS,
    "TEXT_ALIGN": sentences.LOOKS,
    "MAX_WIDTH": sentences.LOOKS,
    "MIN_WIDTH": sentences.LOOKS,
    "CREATED": sentences.WRITTEN,
    "MODIFIED": sentences.WRITTEN,
    "HISTORY_CREATED_AT": sentences.WRITTEN,
    "LAST_MODIFIED_AT": sentences.WRITTEN,
    "ENCRYPTED_CONTENT": _l("Branches that are locked with a password, left out: %(count)s."),
    "icon": sentences.ICONS,
    "cloud": sentences.CLOUDS,
    "hook": sentences.EXTRAS,
    "font": sentences.LOOKS,
    "edge": sentences.LOOKS,
    "attribute_layout": sentences.LOOKS,
}
_LOOKING: Final = ("BORDER_", "SHAPE_", "ICON_")  # how the names of many a look begin
# Read, or said once more what stands at the arrow.
_PARTS: Final = frozenset({"node", "arrowlink", "richcontent", "attribute", "linktarget"})
_OF_AN_ARROW: Final = frozenset(
    {
        *("DESTINATION", "STARTARROW", "ENDARROW", "ID", "TOLD", "RELATION", "space"),
        *("SOURCE_LABEL", "MIDDLE_LABEL", "TARGET_LABEL"),
    }
)
_OF_A_DETAIL: Final = frozenset({"NAME", "VALUE", "space"})
_OF_RICH_TEXT: Final = frozenset({"TYPE", "CONTENT-TYPE", "space"})
_OF_THE_MAP: Final = frozenset({"version", "dialect"})
_OLD_NOTE: Final = "accessories/plugins/NodeNote.properties"
_PICTURE: Final = "ExternalObject"


def count_rest_of_map(draft: Draft, root: Element) -> None:
    """What stands beside the topics."""
    rest = sum(1 for part in root.children() if part.tag != "node")
    if rest := rest + len(root.attributes.keys() - _OF_THE_MAP):
        draft.leave(sentences.EXTRAS, rest)


def count_rest(draft: Draft, topic: Element) -> None:
    """What a topic has besides its words, each kind of attribute once."""
    names = topic.attributes.keys() - _CARRIED - PLACED
    for sentence in sorted({_sentence(name) for name in names}):
        draft.leave(sentence)
    if topic.get("FOLDED").lower() == "true":
        draft.leave(sentences.FOLDED)
    for part in topic.children():
        _count_part(draft, part)


def _sentence(name: str) -> str:
    is_look = name.startswith(_LOOKING)
    return _SENTENCES.get(name, sentences.LOOKS if is_look else sentences.EXTRAS)


def is_note(hook: Element) -> bool:
    """Whether this is how FreeMind keeps a note."""
    return hook.get("NAME") == _OLD_NOTE


def _count_part(draft: Draft, part: Element) -> None:
    if part.tag == "attribute":
        if part.attributes.keys() - _OF_A_DETAIL or part.child():
            draft.leave(sentences.EXTRAS)
    elif part.tag == "richcontent":
        if part.attributes.keys() - _OF_RICH_TEXT:
            draft.leave(sentences.LOOKS)
    elif part.tag == "hook" and part.get("NAME") == _PICTURE:
        draft.leave(sentences.PICTURES)
    elif part.tag not in _PARTS and not is_note(part):
        draft.leave(_SENTENCES.get(part.tag, sentences.EXTRAS))


def count_rest_of_arrow(draft: Draft, arrow: Element, *, known: bool) -> None:
    """How an arrow looked; `known` says whether its relation is one of ours."""
    if arrow.attributes.keys() - _OF_AN_ARROW:
        draft.leave(sentences.LOOKS)
    if arrow.get("RELATION") and not known:
        draft.leave(sentences.BEYOND)
    if parts := sum(1 for _ in arrow.children()):
        draft.leave(sentences.EXTRAS, parts)
