"""Texts in the admin's forms have the characters that texts of the API have."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from apps.common.characters import problem


def line_validate(text: str) -> None:
    _validate(text, multiline=False)


def text_validate(text: str) -> None:
    _validate(text, multiline=True)


def _validate(text: str, *, multiline: bool) -> None:
    if sentence := problem(text, multiline=multiline):
        raise ValidationError(sentence, code="character")


class CheckedTextsMixin(ModelAdmin):
    """Checks each text field of a model that staff may edit."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.CharField):
            is_long = isinstance(field.widget, forms.Textarea)
            field.validators.append(text_validate if is_long else line_validate)
        return field
