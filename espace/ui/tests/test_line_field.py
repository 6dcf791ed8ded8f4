"""A long name: typed on two lines, kept on one."""

import pytest
from django import forms

from espace.ui.fields import LineField


def test_a_new_line_is_kept_as_a_space():
    assert LineField().clean(" 12 rue du Marché \r\n 29000  Quimper ") == (
        "12 rue du Marché 29000 Quimper"
    )


def test_blank_lines_are_nothing():
    with pytest.raises(forms.ValidationError):
        LineField().clean(" \r\n ")
