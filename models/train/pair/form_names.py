# SPDX-License-Identifier: Apache-2.0
"""Invented names of towns, people, companies and programs for make_forms.py, put together from syllables.

A name is written in the letters of its own language and in Latin ones: (native, latin). Names of towns and companies
begin with a consonant, so that no French or Italian article before them has to change.
"""

import hashlib
import json
import unicodedata

TOWNS_OF_A_LANGUAGE = 240


class Draw:
    """Numbers from hashes of a key: the same on any machine and with any version of Python."""

    def __init__(self, *key):
        self.key = key
        self.count = 0

    def below(self, n):
        self.count += 1
        digest = hashlib.sha256(json.dumps([*self.key, self.count]).encode()).digest()
        return int.from_bytes(digest[:8], "big") * n >> 64

    def of(self, some):
        return some[self.below(len(some))]


def words(text):
    """Syllables have blanks between them; "_" is a blank within one, for a word of its own."""
    return [word.replace("_", " ") for word in text.split(" ")]


def pairs(text):
    """"تل=Tall دير=Dayr" to [(native, latin)]"""
    return [tuple(word.split("=")) for word in words(text)]


LATIN_OF_CYRILLIC = dict(zip(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    words("a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya")))
CYRILLIC_OF_LATIN = dict(zip(
    words("sch sh ch zh kh ts cz sz rz ya yu yo th ph ck qu a b c d e f g h i j k l m n o p q r s t u v w x y z"),
    words("ш ш ч ж х ц ч ш ж я ю ё т ф к кв а б к д е ф г х и й к л м н о п к р с т у в в кс и з")))


def ascii_of(text):
    text = text.replace("ł", "l").replace("Ł", "L").replace("ı", "i").replace("ß", "ss")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def latin_of_cyrillic(text):
    return "".join(LATIN_OF_CYRILLIC.get(c, c) if c == c.lower() else LATIN_OF_CYRILLIC[c.lower()].capitalize()
                   for c in text)


def cyrillic_of_latin(text):
    text = ascii_of(text)
    out = ""
    while text:
        length = next((n for n in (3, 2, 1) if text[:n].lower() in CYRILLIC_OF_LATIN), 0)
        letters = CYRILLIC_OF_LATIN.get(text[:length].lower(), text[:1])
        out += letters.capitalize() if text[0].isupper() else letters
        text = text[max(length, 1):]
    return out


class Name:
    def __init__(self, language, native, latin):
        self.language = language
        self.native = native
        self.latin = latin

    def written_in(self, language):
        if language == self.language:
            return self.native
        if language == "ru":
            return cyrillic_of_latin(self.latin)
        return self.latin


# Beginnings, middles and ends.
TOWNS = {
    "en": ("Tarn Wex Pell Crav Dunv Holb Merk Stav Thorl Glanv Rusk Farn Kett Morl Quenn Sorb", "er in o el ac",
           "wick stead combe mouth leigh ford ridge bury"),
    "de": ("Brach Dorm Felk Grend Holv Krass Lunz Mork Pfend Rusk Schwel Trenn Wund Zorn Kolm Varl", "el en er in lin",
           "burg heim stedt rode bach hagen feld dorf"),
    "fr": ("Brav Chess Dorv Flan Gav Jorm Lusv Marv Nerv Plov Quer Rosn Sauv Tref Vern Morl", "en in an ou er",
           "ville gnac mont court lieu sac zelles bourg"),
    "es": ("Bald Cresp Dral Ferr Gont Jarv Lorv Marv Nev Pald Quint Rov Salv Tard Vend Zurb", "en av el or in",
           "ares osa eda illo anca ejo ora uela"),
    "it": ("Barv Cald Dorv Ferl Gorz Lonv Morg Nerv Pold Rusc Salv Tonz Vald Zorl Brenz Marz", "en in an or ev",
           "ano ate engo asco ello etto ona uolo"),
    "pl": ("Brzes Drog Grab Kłon Lub Mszan Niem Płocz Rzep Sław Trzeb Wolb Zabrz Żyr Czer Drwal", "in ow on el isz",
           "ów no iec ica owo yn"),
    "tr": ("Kar Boz Dağ Gök Kır Sarı Yel Tuz Çam Demir Gül Kum Taş Söğüt Bal Kuz", "lıca ova dere pınar tepe",
           "köy hisar kent yazı bağ ören kale burun"),
    "ru": ("Дроб Вельм Крас Лод Мур Нест Перв Рож Сверд Тарл Ковр Зар Бел Горд Жил Холм", "ин ов ен ав ор",
           "ск град ово ино горск поль"),
    "ar": ("تل_=Tall_ وادي_=Wadi_ دير_=Dayr_ برج_=Burj_ كفر_=Kafr_ رأس_=Ras_ جسر_=Jisr_ بئر_=Bir_ حصن_=Hisn_ سهل_=Sahl_ قصر_=Qasr_",
           "مر=Mar نص=Nas شل=Shal دو=Daw كر=Kar سم=Sam زه=Zah طل=Tal حب=Hab رف=Raf غز=Ghaz فل=Fal",
           "ين=in ان=an ون=un وة=wa ية=iya ور=ur اد=ad يل=il"),
    "zh": ("临=Lin 泽=Ze 衡=Heng 沛=Pei 岚=Lan 栖=Qi 翠=Cui 磐=Pan 澄=Cheng 鹿=Lu 枫=Feng 竹=Zhu 墨=Mo 柏=Bai 荻=Di 蒲=Pu",
           "霜=shuang 砚=yan 鸥=ou 禾=he 藤=teng 砂=sha 笙=sheng 菱=ling 棠=tang 苇=wei",
           "溪市=xi 岭市=ling 浦市=pu 川市=chuan 桥市=qiao 渡市=du 坪市=ping 湾市=wan"),
}

COINED = ("Vel Tor Brin Quar Mon Zel Dra Kry Nov Fen Lum Sor Hal Gri Pex Tav", "ta vi do lu ne ri so mo",
          "rix dar vosk quin sel bix loth wen zan gard")
# What companies are called after their coined word.
COMPANY_ENDS = {
    "en": "_Group _Holdings _Industries _Systems", "de": "_AG _SE _Werke_AG",
    "fr": "_SA _Industries", "es": "_SA _Energía", "it": "_SpA _Energia", "pl": "_SA",
    "tr": "_Holding _Enerji _Sanayi", "ru": " _Групп",
}
COMPANIES = {
    "ar": ("مار=Mar زيل=Zil فاد=Fad توب=Tub كين=Kin سول=Sul بات=Bat جال=Jal رود=Rud لين=Lin دار=Dar نيك=Nik",
           "ا=a و=u ي=i",
           "تكس=teks رون=run دال=dal فين=fin سان=san كار=kar موس=mus ليد=lid", "= _للصناعة=_Industries _للطاقة=_Energy"),
    "zh": ("瀚=Han 珞=Luo 禾=He 朔=Shuo 澜=Lan 铂=Bo 岑=Cen 穹=Qiong 湛=Zhan 珩=Heng 霁=Ji",
           "拓=tuo 斐=fei 垣=yuan 棠=tang 钧=jun 箬=ruo 砺=li",
           "达=da 维=wei 康=kang", "集团=_Group 科技=_Technology 重工=_Industries 能源=_Energy"),
}

# First names; beginnings and ends of family names. All men: the forms have no feminine endings.
PEOPLE = {
    "en": ("Alden Corin Devlin Garrick Jory Marden Perrin Roscoe Tobin Wendell",
           "Tarv Hask Morl Brenn Quil Stodd Wexl Pond Dack Farl Groll Luft", "erley inton amson oweby inford erwick"),
    "de": ("Arnulf Gero Hartmut Jost Kuno Lorenz Meinhard Rolf Thilo Veit",
           "Brach Dorm Felk Grend Holv Krass Lunz Mork Pfend Schwel Trenn Wund",
           "inger enbach elmann erding ossen hauer"),
    "fr": ("Aubin Cyprien Damien Fabrice Gaël Léonce Maxence Rémi Sylvère Thierry",
           "Brav Chess Dorv Flan Gav Jorm Lusv Marv Nerv Plov Quer Sauv", "andier oncel assard eville onnet ivaux"),
    "es": ("Baltasar Ciro Damián Evaristo Fermín Gaspar Leandro Nicanor Rogelio Teófilo",
           "Bald Cresp Dral Ferr Gont Jarv Lorv Nev Pald Quint Rov Tard", "arro uelos ivar ondo acho estre"),
    "it": ("Attilio Bruno Corrado Donato Fausto Gildo Lamberto Nevio Ruggero Tullio",
           "Barv Cald Dorv Ferl Gorz Lonv Morg Pold Rusc Tonz Vald Zorl",
           "enicchi otarri aldossi ivelli arnuzzi oltrani"),
    "pl": ("Bogumił Cezary Dobiesław Gniewko Jarosz Leszek Mirosław Radosz Witold Zbyszko",
           "Brzes Drog Grzom Kłon Mszan Niem Płocz Rzep Trzeb Wolb Żyr Drwal", "elewicz iralski orawski orczyk aliniak"),
    "tr": ("Alpay Bora Cenk Doruk Ferit Kaan Mert Rüzgar Tarık Yalın",
           "Kar Boz Dağ Gök Kır Yel Tuz Çam Demir Gül Kum Taş", "anlıoğlu demirci soykan tekeli alpman"),
    "ru": ("Артемий Вадим Геннадий Демид Захар Кирилл Макар Платон Родион Тимур",
           "Дроб Вел Краш Лод Мур Нест Перв Рож Сверд Тарл Ковр Зар", "анищев ейкунов унчихин арлатов ибредов"),
    "ar": ("سامر_=Samir_ وليد_=Walid_ نبيل_=Nabil_ فارس_=Faris_ رائد_=Raid_ طارق_=Tariq_ ماجد_=Majid_ حازم_=Hazim_",
           "المر=al-Mar النص=al-Nas الشل=al-Shal الدو=al-Daw الكر=al-Kar السوش=al-Sush الطل=al-Tal الحب=al-Hab الرف=al-Raf الفل=al-Fal",
           "دوشي=dushi وزاني=uzani يدومي=idumi ارقيني=arqini"),
    "zh": ("赵=Zhao_ 孙=Sun_ 吴=Wu_ 冯=Feng_ 蒋=Jiang_ 沈=Shen_ 韩=Han_ 许=Xu_ 吕=Lü_ 施=Shi_",
           "砚=Yan 泊=Bo 弈=Yi 翎=Ling 渊=Yuan 桐=Tong 峤=Qiao 禹=Yu",
           "舟=zhou 笛=di 岫=xiu 樵=qiao 穆=mu 澍=shu"),
}

PROGRAMS = ("Quill Plim Snorr Tack Wobb Fizz Glimm Dract", "o i a", "desk pad note port flow base kit view")


def join_parts(language, parts, draw):
    native = latin = ""
    for part in parts:
        one = draw.of(pairs(part) if "=" in part else [(word, word) for word in words(part)])
        native += one[0]
        latin += one[1]
    return Name(language, native, latin_of_cyrillic(native) if language == "ru" else latin)


def person(language, draw):
    first, begin, end = PEOPLE[language]
    if "=" not in first:
        first = first.replace(" ", "_ ") + "_"
    return join_parts(language, (first, begin, end), draw)


def company(language, draw):
    if language in COMPANIES:
        return join_parts(language, COMPANIES[language], draw)
    name = join_parts("en", COINED, draw).latin
    end = draw.of(words(COMPANY_ENDS[language]))
    if language == "ru":
        native = cyrillic_of_latin(name) + end
        return Name("ru", native, latin_of_cyrillic(native))
    return Name(language, name + end, name + end)


def program(draw):
    """In Latin letters in all languages, as such names are."""
    return join_parts("en", PROGRAMS, draw).latin


def towns(language, seed):
    """The towns of a language: few enough that the same one is in the news more than once."""
    found = {}
    draw = Draw(seed, "towns", language)
    while len(found) < TOWNS_OF_A_LANGUAGE:
        name = join_parts(language, TOWNS[language], draw)
        found.setdefault(name.native, name)
    return list(found.values())
