"""Who is called what: one row for all spellings of a role, and the sentences behind it."""

import pickle

import pandas as pd
import pytest

import nasij

TEXTS = [
    ("قال وزير الخارجية الصيني وانغ يي إن بلاده تدعم السلام. وأضاف وانغ يي أن الحل ممكن.", "أ"),
    ("رحب لوزير الخارجية الصيني وانغ يي الحضور. وقال معالي وزير الخارجية الصيني وانغ يي نعم.", "ب"),
    ("رد وانغ يي، وزير خارجية الصين، على الأسئلة.", "أ"),
    ("قال وزير الخارجية وانغ يي إن الاجتماع انتهى.", "أ"),
    ("أكد الرئيس الروسي فلاديمير بوتين الموعد، وقال رئيس روسيا فلاديمير بوتين ذلك مرة أخرى.", "أ"),
    ("التقى وزير الخارجية المصري سامح شكري نظيره التركي هاكان فيدان في أنقرة.", "ب"),
    ("قال الأمين العام للأمم المتحدة أنطونيو غوتيريش إن الوضع خطير.", "ب"),
    ("قال دميتري بيسكوف، المتحدث باسم الكرملين، إن الموعد لم يحدد.", "أ"),
]


@pytest.fixture(scope="module")
def analysis():
    frame = pd.DataFrame(TEXTS, columns=["text", "source"])
    frame["date"] = pd.date_range("2024-01-01", periods=len(frame))
    return nasij.Corpus.from_frame(frame).analyze()


def rows(table):
    return {(r.entity, r.role, r.holder): r for r in table.fillna("").itertuples()}


def test_spellings_of_a_role_are_one_row(analysis):
    of_wang = rows(analysis.roles("وانغ يي"))
    chinese = of_wang["per:wang-yi", "وزير الخارجية", "loc:china"]
    assert (chinese.count, chinese.docs, chinese.sources) == (4, 3, 2)
    assert (chinese.first, chinese.last) == (pd.Timestamp(2024, 1, 1), pd.Timestamp(2024, 1, 3))
    assert chinese.holder_name == "الصين"
    assert of_wang["per:wang-yi", "وزير الخارجية", ""].count == 1
    assert len(of_wang) == 2


def test_the_holder_is_the_country_or_body_of_the_roles_words(analysis):
    found = rows(analysis.roles())
    assert found["per:antonio-guterres", "الأمين العام", "org:united-nations"].count == 1
    assert found["per:dmitry-peskov", "المتحدث", "org:kremlin"].count == 1
    # Both in one sentence: it is counted once.
    assert found["per:vladimir-putin", "الرئيس", "loc:russia"].count == 1
    # A counterpart's office is not told by the words.
    assert not [key for key in found if key[0] == "per:hakan-fidan"]


def test_of_a_country_or_body_the_roles_held_of_it(analysis):
    held = analysis.roles("الصين")
    assert held["entity"].tolist() == ["per:wang-yi"]
    assert held["count"].tolist() == [4]
    everyone = analysis.roles()
    for holder in everyone["holder"].dropna().unique():
        # Whether an article names it by itself or not: «الصيني».
        expected = everyone[everyone["holder"] == holder].reset_index(drop=True)
        pd.testing.assert_frame_equal(analysis.roles(holder), expected)
    assert set(everyone["holder"].dropna()) - set(analysis.entities["entity"])


def test_every_count_leads_to_its_sentences(analysis):
    table = analysis.roles()
    assert len(table) > 5
    for row in table.itertuples():
        evidence = analysis.evidence(row.entity, role=row.role, holder=row.holder)
        assert len(evidence) == row.count
        assert evidence["doc"].nunique() == row.docs
        assert all(evidence["spans"].str.len() > 0)
    both = analysis.evidence("وانغ يي", role="وزير الخارجية")
    assert len(both) == 5
    whole = analysis.evidence("وانغ يي", unit="document", role="وزير الخارجية", holder="الصين")
    assert len(whole) == 3


def test_a_role_that_is_not_there_is_told(analysis):
    with pytest.raises(nasij.ArgumentError, match=r"nowhere called 'الملك'.*وزير الخارجية"):
        analysis.evidence("وانغ يي", role="الملك")
    with pytest.raises(nasij.ArgumentError, match="of loc:france"):
        analysis.evidence("وانغ يي", role="وزير الخارجية", holder="loc:france")
    with pytest.raises(nasij.ArgumentError, match="name the role too"):
        analysis.evidence("وانغ يي", holder="loc:china")
    with pytest.raises(nasij.ArgumentError, match="no entity"):
        analysis.roles("فلان الفلاني")


def test_roles_survive_pickling_and_an_empty_corpus(analysis):
    again = pickle.loads(pickle.dumps(analysis))
    pd.testing.assert_frame_equal(again.roles(), analysis.roles())
    empty = nasij.Corpus.from_frame(pd.DataFrame({"text": ["لا أحد هنا."]})).analyze().roles()
    assert empty.empty
    assert list(empty.columns) == list(analysis.roles().columns)


@pytest.mark.parametrize(
    ("text", "role", "holder"),
    [
        ("قال رئيس وزراء ماليزيا نجيب عبد الرزاق ذلك.", "رئيس الوزراء", "loc:malaysia"),
        ("قال الرئيس الأميركي السابق باراك أوباما ذلك.", "الرئيس السابق", "loc:united-states"),
        ("قال رئيس روسيا السابق دميتري ميدفيديف ذلك.", "الرئيس السابق", "loc:russia"),
        ("قال سعادة السفير الفلسطيني رياض منصور ذلك.", "السفير", "loc:palestine"),
        ("وصل صاحب السمو الملكي الأمير محمد بن سلمان أمس.", "الأمير", ""),
        ("قال قائد الجيش العماد جوزيف عون ذلك.", "قائد الجيش", ""),
    ],
)
def test_a_role_is_told_without_respect_and_holder(text, role, holder):
    roles = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]})).analyze().roles().fillna("")
    assert roles[["role", "holder"]].to_numpy().tolist() == [[role, holder]]
