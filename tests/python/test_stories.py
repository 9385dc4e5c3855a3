"""Stories: what is a copy and what only looks like one, tables, slices, own stories, pickles."""

import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import nasij
from nasij.errors import ArgumentError, NasijWarning
from nasij.stories import Stories, differences

NEWS = """أعلنت وزارة الموارد المائية أمس أن العمل في سد الوادي الكبير سيبدأ مطلع الشهر المقبل، بعد
تأخر دام عامين بسبب نقص التمويل. وقال الوزير سامر العوضي في مؤتمر صحفي إن كلفة المشروع تبلغ 340
مليون دولار، نصفها قرض من صندوق التنمية. وأضاف أن السد سيروي نحو 25 ألف هكتار من الأراضي الزراعية
في المحافظات الشمالية الثلاث، وأنه سيولد 60 ميغاواط من الكهرباء. ورحبت جمعيات المزارعين بالقرار،
لكنها طالبت بتعويض عادل للأسر التي ستغمر المياه قراها. وكانت دراسة أعدتها جامعة محلية العام الماضي
قد حذرت من أن المشروع سيهجر أكثر من أربعة آلاف شخص من مساكنهم إذا لم تتغير حدود البحيرة."""

ADDED = """
وفي سياق متصل شهدت العاصمة أول من أمس وقفة احتجاجية شارك فيها عشرات الناشطين في حماية البيئة ورفعوا
لافتات تطالب بنشر نتائج الدراسات كاملة قبل توقيع العقود مع الشركات المنفذة. وقالت ناشطة للصحيفة إن
الأهالي لم يستشاروا في أي مرحلة من مراحل التخطيط، وإنهم سيواصلون احتجاجهم حتى تجلس معهم الحكومة."""

RETOLD = """بعد انتظار طال عامين حددت الحكومة موعدا لانطلاق أشغال سد الوادي الكبير، وهو الشهر
القادم، على ما كشفه وزير الموارد المائية سامر العوضي للصحفيين. وستنفق الدولة على المنشأة
340 مليون دولار جاء شطرها الأول قرضا. وينتظر أن تستفيد ثلاث محافظات في الشمال من مياهه
وكهربائه، فيما يخشى سكان القرى القريبة أن يفقدوا بيوتهم وأراضيهم دون مقابل منصف."""


def weather(day: str, sky: str, north: int, south: int, wind: str) -> str:
    return (
        f"توقعت مصلحة الأرصاد الجوية في نشرتها ليوم {day} أن تكون السماء {sky} في معظم المناطق، "
        f"وأن تتراوح درجات الحرارة القصوى بين {north} و{north + 4} درجة في الشمال وبين {south} "
        f"و{south + 5} درجة في الجنوب، وتكون الرياح {wind} ويكون البحر متوسط الموج. ودعت المصلحة "
        "مستعملي الطريق إلى توخي الحذر ومتابعة نشراتها على موقعها الإلكتروني."
    )


def rates(day: str, *values: float) -> str:
    buy, sell, euro, pound, gold = values
    return (
        f"سجل سعر صرف الدولار في السوق الموازية اليوم {day} نحو {buy} للشراء و{sell} للبيع، فيما "
        f"بلغ سعر اليورو {euro} والجنيه الإسترليني {pound}، ووصل سعر غرام الذهب من عيار 21 إلى "
        f"{gold}. وتختلف الأسعار من محل صرافة إلى آخر ومن مدينة إلى أخرى بحسب العرض والطلب."
    )


def match(home: str, away: str, score: str, scorer: str, minute: int, ground: str) -> str:
    return (
        f"فاز {home} على ضيفه {away} بنتيجة {score} في المباراة التي جمعتهما مساء اليوم على ملعب "
        f"{ground} ضمن منافسات الدوري. وسجل {scorer} هدف الفوز في الدقيقة {minute}. وبهذه النتيجة "
        f"رفع {home} رصيده في جدول الترتيب، فيما تجمد رصيد {away}."
    )


def stories_of(*texts: str, dates: list[str] | None = None) -> list[str]:
    ids = [f"d{i}" for i in range(len(texts))]
    frame = pd.DataFrame({"id": ids, "text": list(texts), "date": dates})
    return Stories(nasij.Corpus.from_frame(frame)).found["story"].tolist()


def first_words(text: str, count: int) -> str:
    return " ".join(text.split()[:count])


COPIES = {
    "the same": NEWS,
    "cut short": first_words(NEWS, 40),
    "with paragraphs added": NEWS + ADDED,
    "with a byline and furniture": f"الشمال - مراسلنا - {NEWS} اقرأ أيضا: أخبار المياه",
    "in another outlet's spelling": NEWS.replace("أ", "ا")
    .replace("إ", "ا")
    .replace("ة", "ه")
    .replace("ئ", "ي")
    .replace("340", "٣٤٠")
    .replace("25", "٢٥")
    .replace("،", " ،")
    .replace("الوزير", "الوَزير"),
    "under another first sentence": "تنفس مزارعو الشمال الصعداء بعد قرار طال انتظاره. "
    + NEWS[NEWS.index("وقال الوزير") :],
    "lightly edited": NEWS.replace("أمس", "الثلاثاء")
    .replace("مؤتمر صحفي", "لقاء مع الصحافة")
    .replace("وأضاف أن", "وتابع أن")
    .replace("لكنها طالبت", "مطالبة"),
    "cut and added to": first_words(NEWS, 60) + ADDED[:150],
}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_the_same_story(name):
    assert stories_of(NEWS, COPIES[name]) == ["d0", "d0"]


DIFFERENT = {
    "the news in other words": (NEWS, RETOLD),
    "what was added, by itself": (NEWS, ADDED),
    "short notes": ("توفي أمس الشاعر سالم الراوي.", "توفي أمس الشاعر ماجد الراوي."),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_only_looks_alike_is_another_story(name):
    assert stories_of(*DIFFERENT[name]) == ["d0", "d1"]


def test_bulletins_and_reports_of_one_mould_are_as_many_stories():
    skies = ["صافية", "غائمة جزئيا", "مغشاة بسحب عابرة", "ملبدة بالغيوم", "صافية إلى قليلة السحب"]
    winds = ["خفيفة", "شمالية معتدلة", "غربية قوية نسبيا", "جنوبية مثيرة للرمال"]
    names = ["السبت", "الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة"]
    days = pd.date_range("2024-03-02", periods=14).strftime("%Y-%m-%d").tolist()
    forecasts = [
        weather(f"{names[i % 7]} {i + 2} مارس", skies[i % 5], 14 + i, 22 + i, winds[i % 4])
        for i in range(14)
    ]
    currency = [
        rates(f"{names[i % 7]} {i + 2} مارس", 15.1 + i, 15.4 + i, 16.7 + i, 19.2 + i, 3100 + i)
        for i in range(14)
    ]
    clubs = ["الاتحاد", "الساحل", "النجم", "الميناء", "الشباب", "الوحدة", "القلعة"]
    scorers = ["كريم فاضل", "سعيد البنا", "نادر الخولي", "رائد شمس"]
    matches = [
        match(clubs[i], clubs[i - 3], f"{i % 3 + 1}-0", scorers[i % 4], i * 6 + 4, clubs[i - 1])
        for i in range(7)
    ]
    found = stories_of(*forecasts, *currency, *matches, dates=[*days, *days, *days[:7]])
    assert found == [f"d{i}" for i in range(35)]


def test_one_bulletin_in_two_papers_is_one_story():
    # As it came, whatever else it says on other days.
    days = pd.date_range("2024-03-02", periods=8).strftime("%Y-%m-%d").tolist()
    texts = [weather(f"{i + 2} مارس", "صافية", 14 + i, 22 + i, "خفيفة") for i in range(8)]
    found = stories_of(*texts, texts[3], dates=[*days, days[3]])
    assert found == [*(f"d{i}" for i in range(8)), "d3"]


def test_a_digest_does_not_tie_stories_together():
    other = RETOLD.replace("سد الوادي الكبير", "جسر النهر الجديد")
    assert stories_of(NEWS, ADDED, other, NEWS + ADDED + other)[:3] == ["d0", "d1", "d2"]


ARTICLES = pd.DataFrame(
    {
        "id": ["late", "early", "cut", "other", "empty"],
        "text": [NEWS, NEWS + ADDED, first_words(NEWS, 50), RETOLD, "..."],
        "date": ["2024-02-03", "2024-02-01", None, "2024-02-01", None],
        "source": ["أ", "ب", "أ", "ج", None],
        "title": ["سد", "السد يبدأ", None, "انطلاق", None],
        "event": ["سد", "سد", None, "سد", None],
    }
)


@pytest.fixture(scope="module")
def analysis():
    return nasij.Corpus.from_frame(ARTICLES).analyze(tagger=False, threads=1)


def test_stories_are_a_table_the_biggest_first(analysis):
    table = analysis.stories
    columns = ["story", "title", "docs", "sources", "first", "last", "similarity", "members"]
    assert table.columns.tolist() == columns
    assert table["story"].tolist() == ["early", "other", "empty"]
    row = table.iloc[0]
    assert (row["title"], row["docs"], row["sources"]) == ("السد يبدأ", 3, 2)
    assert row["members"] == ["early", "late", "cut"]
    assert (row["first"], row["last"]) == (pd.Timestamp("2024-02-01"), pd.Timestamp("2024-02-03"))
    assert table["docs"].sum() == len(ARTICLES)
    assert table["similarity"].isna().tolist() == [False, True, True]


def test_copies_tell_what_was_cut_and_added(analysis):
    copies = analysis.copies()
    assert copies["doc"].tolist() == ["early", "late", "cut"]
    assert set(copies["story"]) == {"early"}
    by_doc = copies.set_index("doc")
    assert by_doc.loc["early", ["taken", "kept"]].tolist() == [1, 1]
    assert by_doc.loc["late", "taken"] == 1
    assert 0.4 < by_doc.loc["late", "kept"] < 0.9
    assert by_doc.loc["cut", "kept"] < by_doc.loc["late", "kept"]
    assert by_doc.loc["cut", "nearest"] == "late"
    assert copies["similarity"].between(0.4, 1).all()
    assert analysis.copies("other")["doc"].tolist() == ["other"]
    with pytest.raises(ArgumentError, match="no story is called 'late'"):
        analysis.copies("late")


def test_each_document_has_the_number_of_its_story(analysis):
    numbers = analysis._story_of
    assert numbers.dtype == np.int32
    assert numbers.tolist() == [0, 0, 0, 1, 2]


def test_a_copied_pair_counts_once(analysis):
    pairs = analysis.cooccurrence("document", min_count=1, count="documents")
    stories = analysis.cooccurrence("document", min_count=1, count="stories")
    assert pairs["count"].max() > 1
    both = pairs.merge(stories, on=["a", "b"], suffixes=("", "_stories"))
    assert len(both) == len(pairs) == len(stories)
    assert (both["count_stories"] <= both["count"]).all()
    assert both["count_stories"].min() == 1


def test_stories_stay_in_a_slice(analysis):
    spring = analysis.select(source="أ")
    assert spring.stories["story"].tolist() == ["early"]
    assert spring.stories["docs"].tolist() == [2]
    assert spring.copies()["nearest"].tolist() == ["early", "late"]
    again = pickle.loads(pickle.dumps(spring))
    pd.testing.assert_frame_equal(again.stories, spring.stories)


def test_a_higher_threshold_parts_them(analysis):
    strict = analysis.with_stories(0.95)
    assert len(strict.stories) == 5
    assert len(analysis.stories) == 3
    for wrong in (0, 1.5, -1, "0.5", True, None, float("nan")):
        with pytest.raises(ArgumentError, match="over 0 and at most 1"):
            analysis.with_stories(wrong)


def test_stories_of_ones_own(analysis):
    with pytest.warns(NasijWarning, match="2 of 5 documents have no event"):
        own = analysis.with_stories(by="event")
    assert own.stories[["story", "docs"]].to_numpy().tolist() == [["سد", 3]]
    assert own._story_of.tolist() == [0, 0, -1, 0, -1]
    labels = np.array([7, 7, 8, 8, 9])
    assert analysis.with_stories(by=labels).stories["docs"].tolist() == [2, 2, 1]
    for wrong in ("no such column", [1, 2], 3):
        with pytest.raises(ArgumentError, match=r"^by "):
            analysis.with_stories(by=wrong)


def test_decisions_and_pickles_keep_the_stories(analysis):
    strict = analysis.with_stories(0.95)
    assert len(pickle.loads(pickle.dumps(strict)).stories) == 5
    name = analysis.entities["entity"].iloc[0]
    assert len(strict.rename(name, "اسم آخر").stories) == 5


def test_progress_is_told_and_stops_the_work(analysis):
    told = []
    analysis.with_stories(progress=lambda docs, size: told.append((docs, size)))
    assert told[-1] == (5, analysis.corpus.texts.nbytes)

    def stop(_docs, _size):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        analysis.with_stories(progress=stop)


def test_differences_say_where_two_copies_part():
    table = differences(NEWS, COPIES["lightly edited"])
    assert set(table["change"]) <= {"same", "changed", "only a", "only b"}
    assert " ".join(" ".join(table["a"]).split()) == " ".join(NEWS.split())
    changed = table[table["change"] == "changed"]
    assert ["أمس", "الثلاثاء"] in changed[["a", "b"]].to_numpy().tolist()
    assert differences(NEWS, COPIES["in another outlet's spelling"])["change"].tolist() == ["same"]


def test_the_copies_among_the_sample_articles_are_found_and_nothing_else():
    path = Path(__file__).parents[2] / "seeds" / "articles" / "articles.jsonl"
    stories = nasij.Corpus.read(path).analyze(tagger=False).stories
    copied = stories.loc[stories["docs"] > 1, "members"].map(sorted)
    planted = [["a02", "c01"], ["a10", "c02"], ["a13", "a14", "c04"], ["b04", "c05"]]
    assert sorted(copied) == [*planted, ["b14", "c03"]]
