"""Logging in: each level opens one thing more, under a new id; what is used once is used up."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from tabulator.domain.roles import Role
from tabulator.errors import Conflict, Malformed, Misconfigured, NotAllowed, NotLoggedIn
from tabulator.people import accounts, entrance, passwords, second_step, sessions
from tabulator.people.codes import typed
from tabulator.people.sessions import Level
from tabulator.storage import models
from tabulator.storage.db import transaction
from tests.people.people import KEY, ORIGIN, PASSWORD, SHELL, People

CODE = "7KQM-2XPR-9WTV"
NEW = "көк асман, ак булут"


@pytest.mark.parametrize(
    ("role", "level"),
    [
        (Role.PRECINCT_CHAIR, Level.FULL),
        (Role.TERRITORIAL_OPERATOR, Level.FULL),
        (Role.TERRITORIAL_VERIFIER, Level.SECOND_STEP),
        (Role.TERRITORIAL_CHAIR, Level.SECOND_STEP),
        (Role.CEC_OPERATOR, Level.FULL),
        (Role.CEC_MEMBER, Level.SECOND_STEP),
        (Role.OBSERVER, Level.FULL),
        (Role.ADMINISTRATOR, Level.SECOND_STEP),
    ],
)
def test_who_approves_or_administers_needs_a_second_step(
    people: People, role: Role, level: Level
) -> None:
    people.add("aida", role, scope="7" if role.value[0] in "pt" else "")
    assert people.enter("AIDA").level == level


@pytest.mark.parametrize(
    ("name", "password"), [("aida", "wrong"), ("nobody", PASSWORD), ("off", PASSWORD), ("", "")]
)
def test_why_a_log_in_fails_is_not_told(people: People, name: str, password: str) -> None:
    people.add("aida")
    people.add("off")
    people.change("off", active=False)
    with pytest.raises(NotLoggedIn, match=entrance.WRONG):
        people.enter(name, password)
    assert people.rows(models.session) == []


@pytest.mark.parametrize("given", [CODE, CODE.lower(), "7kqm2xpr9wtv", " 7КQМ 2ХРR 9WТV "])
def test_a_start_code_may_be_typed_as_it_comes_and_opens_the_choice_of_a_password_only(
    people: People, given: str
) -> None:
    people.add("aida", password=passwords.hashed(typed(CODE)), must_change=True)
    entered = people.enter("aida", given)
    assert entered.level == Level.FIRST_PASSWORD
    chosen = choose(people, entered, NEW)
    assert chosen.level == Level.FULL
    with pytest.raises(NotLoggedIn):
        people.enter("aida", given)
    assert people.enter("aida", NEW).level == Level.FULL


def choose(
    people: People, entered: entrance.Entered, new: str, current: str = ""
) -> entrance.Entered:
    session, account = people.session(entered), people.find(entered.account.name)
    return entrance.choose_password(
        people.engine, session, account, new, current, ORIGIN, now=people.now
    )


def test_a_start_code_cannot_become_the_password(people: People) -> None:
    people.add("aida", password=passwords.hashed(typed(CODE)), must_change=True)
    with pytest.raises(Malformed):
        choose(people, people.enter("aida", CODE), CODE)


def test_a_password_is_changed_by_who_knows_it_and_other_sessions_end(people: People) -> None:
    people.add("aida")
    here, _ = people.enter("aida"), people.enter("aida")
    with pytest.raises(NotAllowed):
        choose(people, here, NEW, "wrong")
    with pytest.raises(Malformed):
        choose(people, here, PASSWORD, PASSWORD)
    renewed = choose(people, here, NEW, PASSWORD)
    assert [row["id"] for row in people.rows(models.session)] == [people.session(renewed).id]
    assert [kind for kind, _, _ in people.events()][-1] == "account.password_changed"


def test_the_second_step_comes_before_another_password(people: People) -> None:
    people.add("member", Role.CEC_MEMBER)
    with pytest.raises(NotLoggedIn):
        choose(people, people.enter("member"), NEW, PASSWORD)


def test_a_second_step_is_offered_confirmed_and_kept_unreadable(people: People) -> None:
    people.add("member", Role.CEC_MEMBER)
    full, codes = people.set_up(people.enter("member"))
    assert full.level == Level.FULL
    assert len(set(codes)) == 10
    stored = json.dumps([dict(row) for row in people.rows(models.account)], default=str)
    assert people.secrets["member"] not in stored
    assert not any(code in stored or typed(code) in stored for code in codes)
    assert second_step.decrypted(KEY, people.find("member").totp) == people.secrets["member"]
    with pytest.raises(Misconfigured):
        second_step.decrypted(b"x" * 32, people.find("member").totp)


def test_a_second_step_is_not_set_up_twice(people: People) -> None:
    account = people.add("member", Role.CEC_MEMBER)
    first, second = people.enter("member"), people.enter("member")
    pending = people.session(second)
    people.set_up(first)
    with pytest.raises(Conflict):
        entrance.offer_second_step(people.engine, KEY, pending, people.find("member"))
    with transaction(people.engine) as connection, pytest.raises(Conflict):
        second_step.set_second_step(
            connection, account.actor(""), KEY, "pending", 1, now=people.now
        )


def test_a_code_of_the_clock_is_good_once_and_none_before_it(people: People) -> None:
    people.add("member", Role.CEC_MEMBER)
    people.set_up(people.enter("member"))
    with pytest.raises(NotLoggedIn):  # it confirmed the setting up
        people.step(people.enter("member"), code=people.code("member"))
    people.later(seconds=30)
    earlier = people.code("member")
    people.later(seconds=30)
    assert people.step(people.enter("member"), code=people.code("member")).level == Level.FULL
    for used in (people.code("member"), earlier):
        with pytest.raises(NotLoggedIn):
            people.step(people.enter("member"), code=used)


@pytest.mark.parametrize(("seconds", "holds"), [(-60, False), (-30, True), (30, True), (90, False)])
def test_a_clock_may_be_one_step_off(people: People, seconds: int, holds: bool) -> None:
    people.add("member", Role.CEC_MEMBER)
    people.set_up(people.enter("member"))
    people.later(minutes=10)
    people.later(seconds=seconds)
    code = people.code("member")
    people.later(seconds=-seconds)
    if holds:
        assert people.step(people.enter("member"), code=code).level == Level.FULL
    else:
        with pytest.raises(NotLoggedIn):
            people.step(people.enter("member"), code=code)


def test_each_recovery_code_is_good_once(people: People) -> None:
    people.add("member", Role.CEC_MEMBER)
    _, codes = people.set_up(people.enter("member"))
    given = codes[3].lower().replace("-", " ")
    assert people.step(people.enter("member"), recovery_code=given).level == Level.FULL
    with pytest.raises(NotLoggedIn):
        people.step(people.enter("member"), recovery_code=codes[3])
    assert len(json.loads(people.find("member").recovery)) == 9


@pytest.mark.parametrize("given", [{"code": "000000"}, {"code": "١٢٣٤٥٦"}, {"recovery_code": "X"}])
def test_before_a_second_step_is_set_up_no_code_opens_anything(
    people: People, given: dict[str, str]
) -> None:
    people.add("member", Role.CEC_MEMBER)
    with pytest.raises(NotLoggedIn):
        people.step(people.enter("member"), **given)


def test_a_full_session_takes_no_second_step(people: People) -> None:
    people.add("aida")
    with pytest.raises(NotAllowed):
        people.step(people.enter("aida"), code="000000")


def test_each_level_has_another_id_and_the_beginning_stays(people: People) -> None:
    people.add("member", Role.CEC_MEMBER)
    first = people.enter("member")
    began, old = people.now, people.session(first)
    people.later(minutes=5)
    full, _ = people.set_up(first)
    assert full.cookie != first.cookie
    assert people.session(full).created_at == began
    assert old.id not in [row["id"] for row in people.rows(models.session)]


def test_the_cookie_itself_is_stored_nowhere(people: People) -> None:
    people.add("aida")
    entered = people.enter("aida")
    assert len(entered.cookie) >= 43
    assert entered.cookie not in str(people.rows(models.session))


@pytest.mark.parametrize(
    ("role", "idle", "over"),
    [
        (Role.CEC_OPERATOR, {"minutes": 29}, False),
        (Role.CEC_OPERATOR, {"minutes": 30}, True),
        (Role.PRECINCT_CHAIR, {"hours": 11.9}, False),
        (Role.PRECINCT_CHAIR, {"hours": 12}, True),
    ],
)
def test_a_session_left_alone_is_over(
    people: People, role: Role, idle: dict[str, float], over: bool
) -> None:
    people.add("aida", role, scope="1001" if role == Role.PRECINCT_CHAIR else "")
    session = people.session(people.enter("aida"))
    people.later(**idle)
    assert sessions.is_over(session, role, now=people.now) is over


def test_a_session_in_use_is_over_after_twelve_hours(people: People) -> None:
    people.add("aida")
    entered = people.enter("aida")
    people.later(hours=12)
    with transaction(people.engine) as connection:
        sessions.seen(connection, people.session(entered), now=people.now)
    assert sessions.is_over(people.session(entered), Role.CEC_OPERATOR, now=people.now)
    people.enter("aida")
    assert len(people.rows(models.session)) == 1


def test_a_password_of_an_older_cost_is_hashed_anew(people: People) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    people.add("aida", password=cheap)
    people.enter("aida")
    assert not passwords.outdated(people.find("aida").password)
    assert people.enter("aida").level == Level.FULL
    assert len(people.events()) == 1


def test_who_is_disabled_while_the_password_is_looked_at_does_not_come_in(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.add("aida")
    real = passwords.holds

    def slow(stored: str, password: str) -> bool:
        with transaction(people.engine) as connection:
            accounts.change_account(connection, SHELL, "aida", {"active": False}, now=people.now)
        return real(stored, password)

    monkeypatch.setattr(passwords, "holds", slow)
    with pytest.raises(NotLoggedIn):
        people.enter("aida")


def test_no_event_and_no_row_holds_a_password_or_code(people: People) -> None:
    people.add("aida", password=passwords.hashed(typed(CODE)), must_change=True)
    choose(people, people.enter("aida", CODE), NEW)
    with people.engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        dump = str([connection.execute(sa.text(f"SELECT * FROM {n}")).all() for n in names])  # noqa: S608
    assert not any(secret in dump for secret in (CODE, typed(CODE), NEW))
