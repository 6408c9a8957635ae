import pytest


def test_a_guest_joins(guest):
    assert guest.stage().status_code == 200


def test_sign_up(auth, client):
    assert auth.sign_up().location == "/spaces/new"
    assert auth.sign_out().location == "/"
    assert auth.sign_in().location == "/"
