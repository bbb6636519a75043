"""What each stable code of a problem document says to people; `docs/errors.md` is made of it."""

from __future__ import annotations

from tabulator.domain.text import Text

INTERNAL = "internal"

TEXTS: dict[str, Text] = {
    "bad-request": Text(
        "Суроо-талапты окууга мүмкүн эмес",
        "Запрос не удаётся прочитать",
        "The request cannot be read",
    ),
    "unreadable": Text(
        "Жөнөтүлгөн маалыматты окууга мүмкүн эмес",
        "Отправленное не удаётся прочитать",
        "What was sent cannot be read",
    ),
    "malformed": Text(
        "Жөнөтүлгөн маалымат туура эмес түзүлгөн, эч нерсе өзгөргөн жок",
        "Отправленное составлено неверно, ничего не изменено",
        "What was sent is malformed, nothing was changed",
    ),
    "not-logged-in": Text("Алгач системага кириңиз", "Сначала войдите в систему", "Log in first"),
    "not-allowed": Text(
        "Бул аракетке укугуңуз жок",
        "У вас нет права на это действие",
        "You are not allowed to do this",
    ),
    "not-found": Text(
        "Мындай нерсе жок же ал сизге көрүнбөйт",
        "Такого нет, или оно вам не видно",
        "There is no such thing, or it is not yours to see",
    ),
    "method-not-allowed": Text(
        "Бул дарек мындай ыкманы кабыл албайт",
        "Этот адрес не принимает такой метод",
        "This address does not take this method",
    ),
    "conflict": Text(
        "Абал сиз ойлогондой эмес, эч нерсе өзгөргөн жок",
        "Положение не такое, как вы полагали, ничего не изменено",
        "It does not stand as you believed, nothing was changed",
    ),
    "stale": Text(
        "Сиз көргөндөн кийин өзгөргөн: кайра окуп, дагы бир жолу чечиңиз",
        "Изменилось после того, как вы это видели: прочитайте заново и решите ещё раз",
        "It has changed since you saw it: read it again and decide again",
    ),
    "version-not-named": Text(
        "Кайсы версияны көргөнүңүздү көрсөтүңүз (If-Match)",
        "Укажите, какую версию вы видели (If-Match)",
        "Name the version that you saw (If-Match)",
    ),
    "wrong-state": Text(
        "Азыркы абалдан бул кадам жасалбайт",
        "Из нынешнего состояния такой шаг невозможен",
        "This step does not exist from where it stands",
    ),
    "frozen": Text(
        "Жыйынтыкка кол коюлган: алгач аны кайра ачуу керек",
        "Итог подписан: сначала его нужно открыть заново",
        "The result is signed: it has to be reopened first",
    ),
    "needs-first": Text(
        "Алгач башка нерсени бүтүрүү керек",
        "Сначала нужно закончить другое",
        "Something else has to be done first",
    ),
    "idempotency-key-used": Text(
        "Бул Idempotency-Key башка суроо-талап үчүн колдонулган",
        "Этот Idempotency-Key уже использован для другого запроса",
        "This Idempotency-Key was used for another request",
    ),
    "too-large": Text(
        "Жөнөтүлгөн маалымат өтө чоң", "Отправлено слишком много", "Too much was sent"
    ),
    "wrong-content-type": Text(
        "Мындай түрдөгү маалымат бул жерде кабыл алынбайт",
        "Данные такого вида здесь не принимаются",
        "Data of this kind are not taken here",
    ),
    "too-many-attempts": Text(
        "Өтө көп аракет: бир аз күтүңүз",
        "Слишком много попыток: немного подождите",
        "Too many attempts: wait a little",
    ),
    INTERNAL: Text(
        "Кызмат аткара алган жок: биздин ката",
        "Служба не справилась: ошибка у нас",
        "The service failed: the fault is ours",
    ),
    "not-in-order": Text(
        "Текшерилген маалымат дал келбейт, эч нерсе берилген жок",
        "Проверенное не сходится, ничего не выдано",
        "What was looked at does not hold, nothing is issued",
    ),
    "not-printable": Text(
        "Документти керектүүдөй басып чыгаруу мүмкүн эмес, эч нерсе берилген жок",
        "Документ нельзя напечатать как следует, ничего не выдано",
        "A document cannot be printed as it should be, nothing is issued",
    ),
    # Never on the wire: they say how the service stands, and are answered as `internal`.
    "error": Text("Ката", "Ошибка", "An error"),
    "misconfigured": Text(
        "Кызматтын жөндөөлөрү же базасы даяр эмес",
        "Настройки или база службы не готовы",
        "The settings or the database of the service are not ready",
    ),
    "duplicate-precinct": Text(
        "Бир участка эки жолу берилген",
        "Один участок передан дважды",
        "One precinct was given twice",
    ),
}
"""Code → what it says; in the order of statuses."""
