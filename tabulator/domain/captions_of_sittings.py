"""What stages, moves and conditions of a commission's result are called, for people."""

from __future__ import annotations

from tabulator.domain.sittings import Condition, Move, Stage
from tabulator.domain.text import Text

STAGES = {
    Stage.PREPARING: Text("Даярдалууда", "Готовится", "Being prepared"),
    Stage.OPEN: Text("Отурум ачык", "Заседание открыто", "The sitting is open"),
    Stage.SIGNED: Text("Кол коюлган", "Подписан", "Signed"),
    Stage.RECEIVED: Text("БШК кабыл алып алды", "Получен в ЦИК", "Received by the CEC"),
    Stage.APPROVED: Text("БШК макулдады", "Одобрен ЦИК", "Approved by the CEC"),
    Stage.RETURNED: Text("БШК кайтарды", "Возвращён ЦИК", "Returned by the CEC"),
    Stage.REOPENED: Text("Кайра ачылган", "Открыт заново", "Reopened"),
}

MOVES = {
    Move.LODGE: Text("Даттанууну каттоо", "Зарегистрировать жалобу", "Lodge a complaint"),
    Move.EXPLAIN_MISSING: Text(
        "Протоколдун же биринчи нусканын эмне үчүн жоктугун түшүндүрүү",
        "Объяснить, почему нет протокола или первого экземпляра",
        "Explain why a protocol or a first copy is missing",
    ),
    Move.OPEN: Text("Отурумду ачуу", "Открыть заседание", "Open the sitting"),
    Move.CONSIDER: Text("Даттанууну кароо", "Рассмотреть жалобу", "Consider a complaint"),
    Move.DISSENT: Text(
        "Өзгөчө пикирди жазуу", "Записать особое мнение", "Record a dissenting opinion"
    ),
    Move.SIGN: Text("Кол коюу", "Подписать", "Sign"),
    Move.RECEIVE: Text("БШКга кабыл алып алуу", "Принять в ЦИК", "Receive at the CEC"),
    Move.APPROVE: Text("Макулдоо", "Одобрить", "Approve"),
    Move.RETURN: Text("Кайтаруу", "Вернуть", "Return"),
    Move.ASK_TO_REOPEN: Text(
        "Кайра ачууну суроо", "Попросить открыть заново", "Ask for a reopening"
    ),
    Move.REOPEN: Text("Кайра ачуу", "Открыть заново", "Reopen"),
    Move.VOID: Text(
        "Төмөнкүсү ачылгандыктан күчүн жоготуу",
        "Утратить силу, потому что открыт нижестоящий",
        "Become void because one below was reopened",
    ),
}

CONDITIONS = {
    Condition.TEXT: Text("негиздемеси жазылат", "указано обоснование", "the reason in words"),
    Condition.QUORUM: Text(
        "мүчөлөрдүн жарымынан көбү катышууда",
        "присутствует больше половины членов",
        "more than half of the members are present",
    ),
    Condition.CONSIDERED: Text(
        "ар бир даттануу каралган", "каждая жалоба рассмотрена", "every complaint was considered"
    ),
    Condition.SIGNERS: Text(
        "катышкандардан мүчөлөрдүн жарымынан көбү кол коёт",
        "подписывают присутствующие, больше половины членов",
        "those present sign, more than half of the members",
    ),
    Condition.FINISHED: Text(
        "төмөндө баары бүткөн: ар бир участка кабыл алынган, жараксыз же түшүндүрүлгөн; төмөнкү "
        "комиссиялардын жыйынтыгы макулдалган",
        "внизу всё закончено: каждый участок принят, признан недействительным или объяснён; итоги "
        "нижестоящих комиссий одобрены",
        "everything below is finished: each precinct accepted, annulled or explained; the results "
        "of the commissions below approved",
    ),
    Condition.ANOTHER: Text(
        "сурагандан башка адам", "не тот, кто просил", "another person than who asked"
    ),
}
