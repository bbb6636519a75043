"""What is said of each code, in the three languages."""

from tabulator.domain.text import Text
from tabulator.package.messages_people import PEOPLE
from tabulator.package.request_messages import REQUEST_MESSAGES

MESSAGES: dict[str, Text] = {
    **REQUEST_MESSAGES,
    # The file as a whole.
    "missing-folder": Text(
        "«{found}» папкасы жок", "папки «{found}» нет", "there is no folder “{found}”"
    ),
    "missing-file": Text("файл жок", "файла нет", "the file is missing"),
    "unreadable-file": Text(
        "файлды окууга мүмкүн эмес ({found})",
        "файл не удаётся прочитать ({found})",
        "the file cannot be read ({found})",
    ),
    "not-utf-8": Text(
        "файл UTF-8 коддоосунда эмес ({found})",
        "файл не в кодировке UTF-8 ({found})",
        "the file is not UTF-8 ({found})",
    ),
    "nul-byte": Text(
        "файлда нөл байт бар: бул текст эмес",
        "в файле есть нулевой байт: это не текст",
        "the file holds a zero byte: it is no text",
    ),
    "empty-file": Text("файл бош", "файл пуст", "the file is empty"),
    "delimiter": Text(
        "уячалар «{found}» белгиси менен бөлүнгөн, «{expected}» керек",
        "ячейки разделены знаком «{found}», нужен знак «{expected}»",
        "cells are separated by “{found}” instead of “{expected}”",
    ),
    "bad-quotes": Text(
        "тырмакча жабылган эмес же уячанын ортосунда турат",
        "кавычка не закрыта или стоит посреди ячейки",
        "a quotation mark is not closed or stands in the middle of a cell",
    ),
    "cell-too-long": Text(
        "уячада {expected} белгиден көп; балким, тырмакча жабылган эмес",
        "в ячейке больше {expected} знаков; возможно, не закрыта кавычка",
        "a cell has more than {expected} characters; perhaps a quotation mark is not closed",
    ),
    "no-rows": Text(
        "аталыштар сабынан кийин бир да сап жок",
        "после строки заголовков нет ни одной строки",
        "there is no row below the header",
    ),
    "no-header": Text(
        "биринчи сап аталыштар сабы эмес: «{found}»; күтүлгөн: {expected}",
        "первая строка – не заголовки: «{found}»; ожидались: {expected}",
        "the first row is no header: “{found}”; expected: {expected}",
    ),
    # Columns and rows.
    "missing-column": Text("бул мамыча жок", "этого столбца нет", "this column is missing"),
    "unknown-column": Text(
        "белгисиз мамыча: «{found}»",
        "неизвестный столбец: «{found}»",
        "this column is not known: “{found}”",
    ),
    "duplicate-column": Text(
        "мамыча эки жолу турат", "столбец стоит дважды", "this column stands there twice"
    ),
    "cells-in-row": Text(
        "сапта {found} уяча бар, {expected} болушу керек",
        "ячеек в строке: {found}, должно быть: {expected}",
        "the row has {found} cells instead of {expected}",
    ),
    "duplicate": Text(
        "«{found}» мурда {expected}-сапта турат",
        "«{found}» уже стоит в строке {expected}",
        "“{found}” stands in row {expected} already",
    ),
    # One cell or key.
    "empty-cell": Text("бош калтырылган", "не заполнено", "this is left empty"),
    "not-a-whole-number": Text(
        "«{found}» бүтүн сан эмес: 0–9 цифралары гана, {expected}",
        "«{found}» не целое число: только цифры 0–9, {expected}",
        "“{found}” is no whole number: digits 0–9 only, {expected}",
    ),
    "out-of-range": Text(
        "{found} бул чектен тышкары: {expected}",
        "{found} вне пределов {expected}",
        "{found} is not within {expected}",
    ),
    "not-one-of": Text(
        "«{found}» эмес, булардын бири керек: {expected}",
        "«{found}» не подходит, нужно одно из: {expected}",
        "“{found}” is not one of: {expected}",
    ),
    "not-a-code": Text(
        "«{found}» код боло албайт: {expected}, башында тамга же цифра",
        "«{found}» не годится как код: {expected}, в начале буква или цифра",
        "“{found}” cannot be a code: {expected}, a letter or digit first",
    ),
    "not-a-country": Text(
        "«{found}» өлкөнүн эки тамгалуу коду эмес (ISO 3166)",
        "«{found}» не двухбуквенный код страны (ISO 3166)",
        "“{found}” is no two-letter code of a country (ISO 3166)",
    ),
    "not-a-phone": Text(
        "«{found}» телефон номери эмес ({expected})",
        "«{found}» – не номер телефона ({expected})",
        "“{found}” is no telephone number ({expected})",
    ),
    "not-an-email": Text(
        "«{found}» электрондук почта дареги эмес ({expected})",
        "«{found}» – не адрес электронной почты ({expected})",
        "“{found}” is no address of e-mail ({expected})",
    ),
    "not-a-timezone": Text(
        "«{found}» белгисиз убакыт алкагы (IANA, мисалы Asia/Bishkek)",
        "«{found}» – неизвестный часовой пояс (IANA, например Asia/Bishkek)",
        "“{found}” is no known time zone (IANA, e.g. Asia/Bishkek)",
    ),
    "not-a-moment": Text(
        "«{found}» күн жана убакыт эмес: {expected}",
        "«{found}» – не дата и время: {expected}",
        "“{found}” is no date and time: {expected}",
    ),
    "unclear-local-time": Text(
        "«{found}»: {expected} алкагында бул саат эки жолу болот же такыр болбойт, "
        "жылышууну кошуп жазыңыз (+06:00)",
        "«{found}»: в поясе {expected} этот час бывает дважды или не бывает, "
        "укажите смещение (+06:00)",
        "“{found}”: in {expected} this hour comes twice or not at all, state its offset (+06:00)",
    ),
    "too-long": Text(
        "{expected} белгиден узун", "длиннее {expected} знаков", "longer than {expected} characters"
    ),
    "control-character": Text(
        "көрүнбөгөн башкаруу белгиси бар: «{found}»",
        "есть невидимый управляющий знак: «{found}»",
        "there is an invisible control character: “{found}”",
    ),
    "formula": Text(
        "«{found}»: = + - @ белгисинен башталат, электрондук таблица муну формула деп окуйт",
        "«{found}»: начинается с = + - @, электронная таблица примет это за формулу",
        "“{found}”: begins with = + - @, a spreadsheet would take it for a formula",
    ),
    "no-name": Text(
        "аталышы үч тилде тең жок",
        "нет названия ни на одном из трёх языков",
        "there is no name in any of the three languages",
    ),
    "K26": Text(
        "K26: эркектер + аялдар = шайлоочулар болушу керек; {expected}, бирок {found} деп жазылган",
        "K26: мужчины + женщины = избиратели; {expected}, а записано {found}",
        "K26: men + women = voters; {expected}, but {found} is written",
    ),
    # Between rows and files.
    "unknown-reference": Text(
        "«{found}» {expected} файлында жок",
        "«{found}» нет в файле {expected}",
        "“{found}” is not in {expected}",
    ),
    "cycle": Text(
        "айланма баш ийүү: {found}", "подчинение по кругу: {found}", "a circle of parents: {found}"
    ),
    "no-root": Text(
        "эң жогоркусу жок: бир саптын parent уячасы бош болушу керек",
        "нет вершины: в одной строке parent должен быть пустым",
        "there is no top: one row must have an empty parent",
    ),
    "several-roots": Text(
        "«{found}» – экинчи чоку, биринчиси {expected}-сапта",
        "«{found}» – вторая вершина, первая в строке {expected}",
        "“{found}” is a second top, the first is in row {expected}",
    ),
    # election.toml and forms.toml.
    "bad-toml": Text(
        "TOML эмес: «{found}»", "это не TOML: «{found}»", "this is no TOML: “{found}”"
    ),
    "missing-key": Text("бул ачкыч жок", "этого ключа нет", "this key is missing"),
    "unknown-key": Text(
        "белгисиз ачкыч «{found}»; белгилүүлөрү: {expected}",
        "неизвестный ключ «{found}»; известны: {expected}",
        "the key “{found}” is not known; known are: {expected}",
    ),
    "duplicate-key": Text(
        "«{found}» кайталанган", "«{found}» повторяется", "“{found}” is there twice"
    ),
    "wrong-type": Text(
        "{found} бул түрдө эмес: {expected}",
        "{found} не того вида: {expected}",
        "{found} is not of this kind: {expected}",
    ),
    "no-entries": Text(
        "жок дегенде бирөө керек", "нужен хотя бы один", "there must be one at least"
    ),
    "not-a-percentage": Text(
        "{found} пайыз эмес: 0дөн 100гө чейин, жүздөн бирине чейинки тактык менен",
        "{found} – не процент от 0 до 100 с точностью до сотых",
        "{found} is no percentage from 0 to 100, exact in hundredths",
    ),
    "not-a-form-code": Text(
        "{found} бланктын коду эмес: {expected}",
        "{found} – не код формы: {expected}",
        "{found} is no code of a form: {expected}",
    ),
    "not-a-role": Text(
        "{found} бул белгилерден турбайт: {expected}, башында тамга",
        "{found} не из этих знаков: {expected}, в начале буква",
        "{found} is not made of these: {expected}, a letter first",
    ),
    "unknown-form": Text(
        "{found} деген бланк жок; белгилүүлөрү: {expected}",
        "формы {found} нет; известны: {expected}",
        "there is no form {found}; known are: {expected}",
    ),
    "redefined-form": Text(
        "{found} бланкы системада бар: жаңы версияга жаңы код керек",
        "форма {found} в системе уже есть: новой версии нужен новый код",
        "the form {found} is built in: a new version needs a new code",
    ),
    # Options.
    "code-is-line": Text(
        "«{found}» – протоколдун сабынын аталышы, вариантка башка код керек",
        "«{found}» – обозначение строки протокола, варианту нужен другой код",
        "“{found}” names a line of the protocol, the option needs another code",
    ),
    "reserved-code": Text(
        "«{found}» башка мамыча үчүн ээленген",
        "«{found}» занято другим столбцом",
        "“{found}” is taken by another column",
    ),
    "skipped-position": Text(
        "{expected} орду бош, андан кийин {found} турат",
        "место {expected} пропущено, за ним стоит {found}",
        "position {expected} is skipped, {found} comes next",
    ),
    "not-a-list": Text(
        "«{found}» бул добуш берүүдө тизме эмес",
        "«{found}» в этом голосовании не список",
        "“{found}” is no list of this contest",
    ),
    "member-not-a-candidate": Text(
        "тизмедеги вариант {expected} гана болот, {found} эмес",
        "в списке может быть только {expected}, а не {found}",
        "an option of a list is always {expected}, not {found}",
    ),
    "no-preferences": Text(
        "{found} бланкында артыкчылык добуштары жок",
        "в форме {found} нет преимущественных голосов",
        "the form {found} has no preference votes",
    ),
    "second-against-all": Text(
        "«баарына каршы» мурда {expected}-сапта турат",
        "«против всех» уже стоит в строке {expected}",
        "“against all” stands in row {expected} already",
    ),
    "no-options": Text(
        "«{found}» добуш берүүсүнө {expected} файлында бир да вариант жок",
        "для голосования «{found}» в файле {expected} нет ни одного варианта",
        "there is no option for the contest “{found}” in {expected}",
    ),
    "options-of-another-kind": Text(
        "добуш берүүнүн варианттары анын түрүнө туура келбейт: {found}; күтүлгөнү: {expected}",
        "варианты голосования не соответствуют его виду: {found}; ожидается: {expected}",
        "the options do not suit the kind of the contest: {found}; expected: {expected}",
    ),
    "more-marks-than-options": Text(
        "белгилердин саны ({found}) варианттардын санынан ({expected}) көп",
        "отметок ({found}) больше, чем вариантов ({expected})",
        "more marks ({found}) than options ({expected})",
    ),
    # protocols.csv.
    "unknown-precinct": Text(
        "мындай шайлоо участкасы жок: {found}",
        "такого избирательного участка нет: {found}",
        "there is no polling precinct {found}",
    ),
    "unknown-contest": Text(
        "бул шайлоодо «{found}» деген добуш берүү жок; барлары: {expected}",
        "на этих выборах нет голосования «{found}»; есть: {expected}",
        "this election has no contest “{found}”; it has: {expected}",
    ),
    "contest-not-held": Text(
        "добуш берүү «{expected}» аймагында гана өтөт, участка «{found}» аймагында",
        "голосование проводится только в «{expected}», а участок в «{found}»",
        "the contest is held in “{expected}” only, the precinct lies in “{found}”",
    ),
    "already-accepted": Text(
        "«{found}» боюнча протокол кабыл алынган: аны мындай алмаштырууга болбойт",
        "протокол по «{found}» уже принят: так его заменить нельзя",
        "the protocol for “{found}” is accepted already and cannot be replaced like this",
    ),
    "foreign-column": Text(
        "«{found}»: бул мамыча «{expected}» добуш берүүсүнө таандык эмес, бош болушу керек",
        "«{found}»: столбец не относится к голосованию «{expected}» и должен быть пуст",
        "“{found}”: this column is not of the contest “{expected}” and must be empty",
    ),
    **PEOPLE,
}
"""Stable code → message; {expected} and {found} are those of the problem."""
