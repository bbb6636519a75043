"""The election types: one file each, one line each here."""

from tabulator.domain.elections import (
    jk_district,
    jk_list,
    local_district,
    local_list,
    president,
    referendum,
)
from tabulator.domain.elections.base import ElectionType
from tabulator.domain.form import Form

ELECTION_TYPES: dict[str, ElectionType] = {
    "president": president.TYPE,
    "referendum": referendum.TYPE,
    "jk-list": jk_list.TYPE,
    "jk-district": jk_district.TYPE,
    "local-list": local_list.TYPE,
    "local-district": local_district.TYPE,
}

FORMS: dict[str, Form] = {
    form.code: form for election_type in ELECTION_TYPES.values() for form in election_type.forms
}
"""Code → built-in form."""

__all__ = ["ELECTION_TYPES", "FORMS", "ElectionType"]
