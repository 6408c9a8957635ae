"""Operations as lists of effects: folding them, taking them back, and knowing where somebody stands."""

from hypothesis import given
from hypothesis import strategies as st

from cocreate.trajectories.operations import Effect, Operation, Steps, differs, fold, read, steps, told

FIELDS = st.sampled_from(["text", "kind", "state", "x"])
THINGS = st.sampled_from([("node", "a"), ("node", "b"), ("edge", "a")])


@st.composite
def histories(draw):
    """A history in which every effect knows what was there before."""
    now: dict[tuple[str, str], dict] = {}
    effects = []
    for thing, own_id in draw(st.lists(THINGS, max_size=30)):
        there = now.get((thing, own_id))
        if there is None:
            after = {"alive": True, "text": draw(st.text(max_size=3))}
            effects.append(Effect(thing, own_id, {"alive": False}, after))
            now[thing, own_id] = dict(after)
        else:
            field, value = draw(FIELDS), draw(st.text(max_size=3))
            effects.append(Effect(thing, own_id, {field: there.get(field)}, {field: value}))
            there[field] = value
    return effects, now


@given(histories())
def test_folding_gives_the_last_word_of_each_field(history):
    effects, now = history
    assert fold(effects) == now


@given(histories(), st.data())
def test_what_is_taken_back_at_once_leaves_everything_as_it_was(history, data):
    effects, now = history
    if not effects:
        return
    last = effects[-1]
    turned = fold([*effects, last.inverse()])[last.thing, last.id]
    for field, value in last.before.items():
        assert turned[field] == value
    if last.before == {"alive": False}:
        assert turned["text"] == now[last.thing, last.id]["text"], "what is gone keeps its words"
    assert fold([*effects, last.inverse(), last.inverse().inverse()])[last.thing, last.id]["alive"] is True


@given(histories())
def test_effects_survive_being_written_down(history):
    effects, _ = history
    operation = read(3, {"effects": told(effects), "undoes": 2})
    assert operation == Operation(3, tuple(effects), undoes=2)


def test_a_row_without_effects_is_no_operation():
    assert read(1, {}) is None
    assert read(1, {"redacted": True}) is None


def test_a_place_given_by_tidying_is_no_other_word():
    made = Effect("node", "a", {"alive": False}, {"alive": True, "text": "x", "x": 1.0, "y": 2.0})
    assert not differs(made, {"alive": True, "text": "x", "x": 9.0, "y": 9.0})
    assert differs(made, {"alive": True, "text": "y", "x": 1.0, "y": 2.0})
    moved = Effect("node", "a", {"x": 1.0}, {"x": 5.0})
    assert differs(moved, {"x": 9.0})


def test_undoing_walks_back_and_redoing_forth():
    def op(seq, **more):
        return Operation(seq, (), **more)

    assert steps([]) == Steps(None, None)
    assert steps([op(1), op(2)]) == Steps(2, None)
    assert steps([op(1), op(2), op(3, undoes=2)]) == Steps(1, 2)
    assert steps([op(1), op(2), op(3, undoes=2), op(4, undoes=1)]) == Steps(None, 1)
    assert steps([op(1), op(2), op(3, undoes=2), op(4, redoes=2)]) == Steps(2, None)
    assert steps([op(1), op(2, undoes=1), op(3)]) == Steps(3, None), "something new ends redoing"


def test_what_was_skipped_is_not_offered_again():
    skipped = [Operation(1, ()), Operation(2, ()), Operation(3, (), undoes=2, is_skipped=True)]
    assert steps(skipped) == Steps(1, None)
    again = [Operation(1, ()), Operation(2, (), undoes=1), Operation(3, (), redoes=1, is_skipped=True)]
    assert steps(again) == Steps(None, None)
