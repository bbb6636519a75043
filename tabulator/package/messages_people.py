"""What is said of accounts and passwords that are refused, in the three languages."""

from __future__ import annotations

from tabulator.domain.text import Text

PEOPLE: dict[str, Text] = {
    "not-an-account-name": Text(
        "«{found}» аккаунттун аты боло албайт: {expected}, башында тамга же цифра",
        "«{found}» не годится как имя учётной записи: {expected}, в начале буква или цифра",
        "“{found}” cannot be the name of an account: {expected}, a letter or digit first",
    ),
    "account-exists": Text(
        "«{found}» деген аккаунт мурунтан бар",
        "учётная запись «{found}» уже есть",
        "there is an account “{found}” already",
    ),
    "unknown-election": Text(
        "«{found}» деген шайлоо жүктөлгөн эмес",
        "выборы «{found}» не загружены",
        "the election “{found}” is not loaded",
    ),
    "must-be-empty": Text(
        "«{found}»: {expected} ролунда бул уяча бош болушу керек",
        "«{found}»: для роли {expected} здесь должно быть пусто",
        "“{found}”: with the role {expected} this must be empty",
    ),
    "password-too-short": Text(
        "сырсөздө кеминде {expected} белги болушу керек",
        "в пароле должно быть не меньше {expected} знаков",
        "a password has at least {expected} characters",
    ),
    "password-too-long": Text(
        "сырсөз {expected} белгиден узун болбошу керек",
        "пароль не должен быть длиннее {expected} знаков",
        "a password has at most {expected} characters",
    ),
    "password-easy": Text(
        "бул сырсөздү табуу оңой: көп колдонулган сөз, сандар же клавиатура катары",
        "этот пароль легко угадать: частое слово, одни цифры или ряд клавиатуры",
        "this password is easy to guess: a common word, digits only or a row of keys",
    ),
    "password-has-name": Text(
        "сырсөздө аккаунттун же адамдын аты бар",
        "в пароле есть имя учётной записи или человека",
        "the password holds the name of the account or of the person",
    ),
    "password-as-before": Text(
        "бул мурунку сырсөз же баштапкы код: жаңысын ойлоп табыңыз",
        "это прежний пароль или начальный код: придумайте новый",
        "this is the password or start code used before: choose another one",
    ),
}
"""Stable code → message; part of `messages.MESSAGES`."""
