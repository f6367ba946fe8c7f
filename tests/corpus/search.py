"""A synthetic corpus for the search: 合成语料, made of dictionary words at random, about nobody.

Deterministic: a size and a seed give the same records on every machine. The words come from the
phrase list of pypinyin with a frequency that falls as in real text (Zipf), mixed with stock
sentences as in reports; names are put together from characters. Sixty records in a hundred are
written in traditional characters (of three regional standards), as the project's sources are.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC
from pypinyin.phrases_dict import phrases_dict

from showcase.outputs.search.document import SearchDocument

NOTICE = "（合成语料：由词典中的词随机组成，与任何真实的人和事无关。）"

KINDS = {"activity": "活动", "brand": "品牌", "figure": "人物", "venue": "阵地", "service": "服务"}
_PLURAL = {
    "activity": "activities",
    "brand": "brands",
    "figure": "figures",
    "venue": "venues",
    "service": "services",
}
#: Of every twenty records: so many of each kind.
_MIX = ("activity",) * 10 + ("brand",) * 3 + ("figure",) * 4 + ("venue",) * 2 + ("service",)

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕单解仇"
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰淑珍建国志鑫圆梅红云峰海波宁晨曦"
    "思源雨泽嘉欣雅琴瑞祥德福永康春生秋菊冬雪松柏竹荷莲凤龙翔飞鹏远航程锦绣河山川江湖泉"
)
_BRAND_HEADS = (
    "党群同心 红色薪火 蛎乡海韵 暖心微光 邻里守望 文明星火 银龄伴行 榕树人家 渔歌唱晚 书香溪畔"
)
_BRAND_ENDS = "花开 领航 说理 相伴 有约 同行 讲堂 驿站 先锋 益家 港湾 灯塔"
_EVENTS = (
    "启动仪式 助学活动 宣讲会 文艺演出 义诊服务 读书分享会 清洁家园行动 慰问活动 观摩交流会 "
    "公益集市 普法讲座 戏曲专场 送电影下乡 亲子阅读 消防演练 非遗体验"
)
_THEMES = (
    "理论宣讲 志愿服务 移风易俗 文化惠民 敬老助残 助学圆梦 红色传承 科普教育 体育健身 生态环保 "
    "诚信建设 家风家教 平安建设 乡村振兴 未成年人 网络文明"
)
_HONOURS = "全国示范品牌 省级优秀案例 市级先进集体 道德模范提名 最美志愿者 年度十佳项目 时代楷模"
_TOWNS = "乐余镇 南丰镇 凤凰镇 塘桥镇 锦丰镇 大新镇 常阴沙 双山岛 杨舍镇 冶金园 海阳所镇 白沙滩镇"
_VILLAGES = "向群村 永利村 常东社区 兆丰村 扶海村 红星社区 双桥村 齐心村 妙桥村 东林社区"
_STOCK = (
    "为深入贯彻落实上级部署，{a}坚持党建引领，扎实推进新时代文明实践工作。",
    "活动现场，志愿者们围绕{a}开展宣传，发放{b}资料，受到群众一致好评。",
    "近年来，{a}聚焦群众需求，整合各方资源，打造“{b}”特色服务，形成了可复制、可推广的经验。",
    "下一步，将继续以{a}为抓手，不断完善{b}机制，推动各项工作走深走实。",
    "大家纷纷表示，要以此次活动为契机，把{a}融入日常生活，为{b}贡献力量。",
    "据统计，全年累计开展{a}活动{n}场次，服务群众{m}人次，募集爱心款{k}元。",
    "在{a}的带领下，{b}与{c}结成对子，定期走访慰问困难家庭。",
    "“这样的{a}真好，希望以后多办！”参加活动的居民高兴地说。",
)
#: About so many words are equally common; after them frequency falls with the rank.
_COMMON = 40
_GLUE = ("的", "和", "在", "与", "为", "把", "了", "以", "从", "对", "是", "等", "更", "又", "就")


@dataclass(frozen=True, slots=True)
class Name:
    """A brand of the corpus: in full with its dot, and the part that people say."""

    full: str
    short: str
    slogan: str


class Corpus:
    """The records, and for every record what it was made of (in simplified characters)."""

    def __init__(self, size: int, seed: int = 4, length: int = 2600) -> None:
        """Make `size` records of about `length` characters."""
        self._random = random.Random(seed)
        self._length = length
        self._words = _vocabulary()
        self.brands = self._brands(max(10, size * 3 // 20))
        self.people = self._people(max(10, size * 4 // 20))
        #: Rare words planted in prose: word → keys of the records that hold it.
        self.planted: dict[str, set[str]] = {}
        self._rare = _rare_words()
        self.simplified = [self._record(number) for number in range(size)]
        self.documents = [
            _convert(document, _script(number)) for number, document in enumerate(self.simplified)
        ]

    # -- words ---------------------------------------------------------------------------------

    def _pick(self, items: Sequence[str]) -> str:
        return items[int(self._random.random() * len(items))]

    def _word(self) -> str:
        """A word, the common ones far more often (Zipf-Mandelbrot)."""
        rank = _COMMON * ((len(self._words) / _COMMON + 1) ** self._random.random() - 1)
        return self._words[int(rank)]

    def _sentence(self) -> str:
        if self._random.random() < 0.4:
            return self._pick(_STOCK).format(
                a=self._word(),
                b=self._word() + self._word(),
                c=self._word(),
                n=int(self._random.random() * 90) + 3,
                m=int(self._random.random() * 9000) + 30,
                k=int(self._random.random() * 90000) + 500,
            )
        words = [self._word() for _ in range(4 + int(self._random.random() * 9))]
        glued = [w + (self._pick(_GLUE) if self._random.random() < 0.45 else "") for w in words]
        half = len(glued) // 2
        return "".join(glued[:half]) + "，" + "".join(glued[half:]) + "。"

    def _prose(self, mentions: Sequence[str]) -> str:
        sentences = [NOTICE]
        length = 0
        while length < self._length:
            sentence = self._sentence()
            length += len(sentence)
            sentences.append(sentence + ("\n" if self._random.random() < 0.15 else ""))
        for mention in mentions:
            sentences.insert(1 + int(self._random.random() * (len(sentences) - 1)), mention)
        return "".join(sentences)

    # -- names ---------------------------------------------------------------------------------

    def _brands(self, count: int) -> list[Name]:
        taken: set[str] = set()
        names: list[Name] = []
        two = [word for word in self._words if len(word) == 2]
        while len(names) < count:
            short = self._pick(two) + self._pick(_BRAND_ENDS.split())
            if short in taken:
                continue
            taken.add(short)
            full = f"{self._pick(_BRAND_HEADS.split())}·{short}"
            slogan = f"{self._pick(two)}{self._pick(two)}，{self._pick(two)}{self._pick(two)}"
            names.append(Name(full, short, slogan))
        return names

    def _people(self, count: int) -> list[str]:
        """Names of two or three characters; no two alike, in characters or in sound by accident."""
        taken: set[str] = set()
        while len(taken) < count:
            given = self._pick(_GIVEN) + (self._pick(_GIVEN) if self._random.random() < 0.8 else "")
            taken.add(self._pick(_SURNAMES) + given)
        return sorted(taken)

    # -- records -------------------------------------------------------------------------------

    def _record(self, number: int) -> SearchDocument:
        kind = _MIX[number % 20]
        brand = self.brands[number * 7 % len(self.brands)]
        person = self.people[number * 11 % len(self.people)]
        year = 2015 + number * 13 % 11
        town = _TOWNS.split()[number * 5 % 12]
        village = f"{_VILLAGES.split()[number * 3 % 10]}"
        title, names, related = self._title(kind, number, brand, person, town)
        mentions = [
            f"其间，“{brand.full}”品牌的经验得到推广。",
            f"{village}{person}参加了这次{self._pick(_EVENTS.split())}。",
        ]
        key = f"{kind}/{number}-{title}"
        mentions.extend(self._plant(key))
        # The slogan of a brand is on its own page only.
        facets = {
            "kind": (KINDS[kind],),
            "place": ("张家港市", town, village) if number % 3 else ("张家港市", town),
            "theme": tuple(sorted({self._pick(_THEMES.split()) for _ in range(1 + number % 2)})),
            "year": (f"{year}",),
        }
        if number % 9 == 0:
            facets["honour"] = (self._pick(_HONOURS.split()),)
        month, day = number % 12 + 1, number % 28 + 1
        return SearchDocument(
            key=key,
            url=f"{_PLURAL[kind]}/{number}/",
            title=title,
            kind_label=KINDS[kind],
            names=names,
            related=related,
            summary=f"{self._sentence()}{self._word()}{self._word()}。"[:110],
            text=self._prose(mentions),
            facets=facets,
            date=f"{year}-{month:02}-{day:02}",
            when=f"{year}年{month}月",
        )

    def _title(
        self, kind: str, number: int, brand: Name, person: str, town: str
    ) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """A title, the record's own other names, and the names that belong with it."""
        if kind == "brand":
            own = self.brands[(number // 20 * 3 + number % 20 - 10) % len(self.brands)]
            return own.full, (own.slogan,), ()
        if kind == "figure":
            own_name = self.people[(number // 20 * 4 + number % 20 - 13) % len(self.people)]
            return own_name, (), (brand.full,)
        if kind == "activity":
            event = self._pick(_EVENTS.split())
            subject = f"“{brand.full}”" if number % 2 else f"{town}{self._word()}{self._word()}"
            return subject + event, (), (brand.full, person)
        what = "服务站" if kind == "venue" else "上门服务"
        return f"{town}{self._word()}{self._word()}{what}", (), ()

    def _plant(self, key: str) -> Iterator[str]:
        """Now and then a sentence with a rare word, a number or a mixed code of its own."""
        if self._random.random() < 0.3:
            word = self._rare[len(self.planted) % len(self._rare)]
            if self._random.random() < 0.4 and self.planted:
                word = self._pick(list(self.planted))
            self.planted.setdefault(word, set()).add(key)
            pattern = "会上介绍了{}的做法。" if word[0] > "z" else "编号为{}，可凭此查询。"
            yield pattern.format(word)


@cache
def _vocabulary() -> list[str]:
    """About nine thousand words of two and three characters, the order (= frequency) shuffled."""
    words = [word for word in sorted(phrases_dict) if len(word) in (2, 3)]
    chosen = words[::3]
    random.Random(1).shuffle(chosen)
    return chosen


@cache
def _rare_words() -> list[str]:
    """Words of two to four characters that the prose never uses, numbers and mixed codes."""
    words = [word for word in sorted(phrases_dict) if len(word) in (2, 3, 4)]
    common = {a + b for word in _vocabulary() for a, b in itertools.pairwise(word)}
    rare = [
        word
        for index, word in enumerate(words)
        if index % 3 == 1 and all(a + b not in common for a, b in itertools.pairwise(word))
    ]
    order = random.Random(2)
    order.shuffle(rare)
    numbers = (int(order.random() * 9000) + 1000 for _ in itertools.count())
    forms = itertools.cycle(("{0}号", "{1}+N{2}", "0512-{0}{3}", "ZX{0}-A"))
    codes = (
        form.format(n, n % 90 + 10, n // 100, n * 7 % 9973)
        for form, n in zip(forms, numbers, strict=False)
    )
    mixed = [word for pair in zip(rare[:6000], codes, strict=False) for word in pair]
    return list(dict.fromkeys(mixed))


def _script(number: int) -> str:
    """Which script a record is written in: simplified for two in five, else one of three."""
    return ("", "", "s2t", "s2tw", "s2hk")[number % 5]


@cache
def _converter(script: str) -> Callable[[str], str]:
    return OpenCC(script).convert if script else str


def _convert(document: SearchDocument, script: str) -> SearchDocument:
    """The same record in another script; its key, address and facets stay."""
    convert = _converter(script)
    return SearchDocument(
        key=document.key,
        url=document.url,
        title=convert(document.title),
        kind_label=document.kind_label,
        names=tuple(map(convert, document.names)),
        related=tuple(map(convert, document.related)),
        summary=convert(document.summary),
        text=convert(document.text),
        facets=document.facets,
        date=document.date,
        when=document.when,
    )
