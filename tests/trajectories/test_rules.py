import pytest

from cocreate.trajectories.rules import GrowQuestion, NodeKind, Relation, growth


@pytest.mark.parametrize("question", list(GrowQuestion))
def test_every_question_grows_something(question):
    assert growth(question).kind in set(NodeKind)


def test_what_came_next_points_on():
    assert growth(GrowQuestion.WHAT_NEXT).ends("touched", "new") == ("touched", "new")


@pytest.mark.parametrize("question", [GrowQuestion.WHAT_HELPED, GrowQuestion.WHAT_HINDERED])
def test_what_helped_or_hindered_points_into_the_touched_node(question):
    assert growth(question).ends("touched", "new") == ("new", "touched")


def test_what_it_meant_is_a_meaning():
    assert growth(GrowQuestion.WHAT_MEANT)[:2] == (NodeKind.MEANING, Relation.MEANT)
