//! The role a person is given in a text: the office before the name with the ranks and honorifics
//! between, «وزير الدفاع الفريق أول» صدقي صبحي, or in apposition behind it.

use super::cues::{self, LONGEST};
use super::extractor::{Found, Page};
use super::mention::Role;
use crate::lexicon::{EntityType, WordClass};

/// Titles that an office may stand before: الدكتور, العقيد.
const STYLE: WordClass = WordClass::HONORIFIC.or(WordClass::RANK);

/// The role beside each found name, where it is a person with one.
pub(super) fn roles(page: &Page<'_>, found: &[Found]) -> Vec<Option<Role>> {
    let mut floor = 0;
    let leads: Vec<_> = found
        .iter()
        .map(|f| {
            if f.entity_type != EntityType::Per {
                return None;
            }
            // «مدير المدرسة وسامر»: the title is not his.
            let joined = f.cut > 0 && page.word(f.first).starts_with('و');
            let lead = (!joined)
                .then(|| lead(page, f.first, floor, found))
                .flatten();
            floor = f.end;
            lead
        })
        .collect();
    let mut next = None;
    let mut all: Vec<_> = found
        .iter()
        .zip(&leads)
        .enumerate()
        .rev()
        .map(|(i, (f, lead))| {
            if f.entity_type != EntityType::Per {
                return None;
            }
            let start = lead.map_or(f.first, |(head, _)| head);
            let behind = next.map_or((page.cells.len(), page.cells.len()), |n: usize| {
                (found[n].first, leads[n].map_or(found[n].first, |l| l.0))
            });
            next = Some(i);
            let styled = lead.is_none_or(|(head, _)| page.is(head, STYLE) && definite(page, head));
            let apposed = styled
                .then(|| apposition(page, f.end, start, behind, found))
                .flatten();
            apposed
                .or(*lead)
                .map(|(head, end)| title_span(page, head, end))
        })
        .collect();
    all.reverse();
    all
}

/// The title before the name at `first`: its head and one past its last token.
fn lead(page: &Page<'_>, first: usize, floor: usize, found: &[Found]) -> Option<(usize, usize)> {
    let (mut head, end) = cues::before(page, first, floor, found)
        .or_else(|| linked(page, first, floor, found).map(|head| (head, first)))
        .or_else(|| {
            let head = cues::introduced(page, first).filter(|&head| head >= floor)?;
            Some((head, first))
        })
        .or_else(|| marked(page, first, floor, found))?;
    if team(page, head) && head + 1 < end {
        head = linked(page, end, floor, found)?;
    }
    // «المتحدث باسم الشرطة العقيد», «وزير الزراعة، المهندس»: before a rank may stand the office.
    for _ in 0..3 {
        if !page.cells[head].class.any(STYLE) || !definite(page, head) {
            break;
        }
        let mut stop = head;
        let mark = page.before(head).filter(|&b| !page.cells[b].is_word());
        if let Some(b) = mark {
            match page.cells[b].span.of(page.text) {
                "\"" | "«" | "“" | "،" | "," => stop = b,
                _ => break,
            }
        }
        let office = cues::office(page, stop, floor, found)
            .filter(|&h| !page.is(h, WordClass::PERSON.or(WordClass::COUNTERPART)))
            .or_else(|| linked(page, stop, floor, found))
            .filter(|&h| stop - h > 1 || mark.is_none() && page.cells[h].definite)
            .filter(|&h| mark.is_none() || told(page, h));
        let Some(office) = office else { break };
        head = office;
    }
    for _ in 0..3 {
        let Some(noun) = described(page, head).filter(|&b| b >= floor) else {
            break;
        };
        head = noun;
    }
    // «المتحدث باسم الأمين العام دوجاريك»: the office may be that of whom he speaks for; not in
    // «بيسكوف، المتحدث باسم الرئيس بوتين».
    if let Some(b) = page.before(head).filter(|&b| page.word(b) == "باسم") {
        let spokesman = cues::office(page, b, floor, found).unwrap_or(b);
        if floor == 0 || spokesman > floor + 1 {
            return None;
        }
    }
    // «أمين بخاري والمدافعون»: what stands before another title is another's.
    let other = |&i: &usize| {
        let cell = &page.cells[i];
        cell.definite
            && page.word(i).starts_with('و')
            && !cell.class.any(WordClass::ROLE)
            && page.behind_clitics(i, WordClass::TITLE, true).is_some()
    };
    head = (head + 1..end).rev().find(other).unwrap_or(head);
    let unknown = |i: usize| {
        page.cells[i].class.any(WordClass::GIVEN)
            && !page.cells[i]
                .class
                .any(WordClass::ROLE.or(WordClass::COMMON))
            && covered(found, i).is_none()
    };
    if (head + 1..end).any(unknown) {
        return None;
    }
    // «أخيه جلالة الملك»: kinship is no office, but one may stand behind it.
    while page.is(head, WordClass::PERSON) {
        head = (head + 1..end).find(|&t| page.cells[t].class.any(WordClass::TITLE))?;
    }
    (!misread(page, head)).then_some((head, end))
}

/// «الفريق الأول», which is no rank as «الفريق أول» is.
fn team(page: &Page<'_>, head: usize) -> bool {
    page.word(head).ends_with("فريق")
        && page.after(head).is_some_and(|n| {
            page.cells[n].definite && !page.is(n, STYLE) && page.word(n) != "الركن"
        })
}

/// The title before a mark that may stand between it and the name: «الشاعر (سامر)», «رئيس النادي
/// في جدة، سامر».
fn marked(page: &Page<'_>, first: usize, floor: usize, found: &[Found]) -> Option<(usize, usize)> {
    let mark = page.before(first)?;
    let head = match page.cells[mark].span.of(page.text) {
        "/" | "(" => {
            cues::office(page, mark, floor, found).or_else(|| linked(page, mark, floor, found))?
        }
        "،" | "," => linked(page, mark, floor, found).filter(|&h| told(page, h))?,
        _ => return None,
    };
    Some((head, mark))
}

/// The title that another, right behind it, describes: «الرئيس المحافظ», «اللواء المتقاعد»,
/// «الأمين العام المساعد».
fn described(page: &Page<'_>, head: usize) -> Option<usize> {
    let mut noun = page.before(head)?;
    if !page.word(head).starts_with("ال") {
        return None;
    }
    let title = |i: usize| page.cells[i].definite && page.cells[i].class.any(WordClass::TITLE);
    if !title(noun) && page.word(noun) == "العام" {
        noun = page.before(noun)?;
    }
    let other = WordClass::PERSON.or(WordClass::COUNTERPART);
    (title(noun) && !page.is(noun, other) && safe(page, noun)).then_some(noun)
}

/// Behind a verb of saying, a particle or a mark: what stands here is no item of a list.
fn told(page: &Page<'_>, first: usize) -> bool {
    page.before(first).is_none_or(|b| {
        let cell = &page.cells[b];
        !cell.is_word() || cell.is(WordClass::SAYS) || cell.class.any(WordClass::STOP)
    })
}

/// «وإلى», which folds to والي.
fn misread(page: &Page<'_>, i: usize) -> bool {
    page.word(i) == "والي" && page.cells[i].span.of(page.text).contains('إ')
}

/// With its article, or an abbreviation: الدكتور, د.
fn definite(page: &Page<'_>, i: usize) -> bool {
    page.cells[i].definite || !page.cells[i].is_word() || page.word(i).starts_with("ال")
}

/// The head of a title with prepositions in it that ends right before the token `end`:
/// «مدير التعليم بجامعة تبوك», «أستاذ الأدب في الجامعة الأردنية».
fn linked(page: &Page<'_>, end: usize, floor: usize, found: &[Found]) -> Option<usize> {
    let mut i = end;
    while let Some(j) = page.before(i).filter(|&j| j >= floor && end - j <= LONGEST) {
        let cell = &page.cells[j];
        if !cell.is_word() {
            return None;
        }
        if j + 1 < end && office(page, j) && covered(found, j).is_none() && !adjective(page, j) {
            return (safe(page, j) && reach(page, j, end, true, found) == end).then_some(j);
        }
        i = j;
    }
    None
}

/// Whether a token can head an office.
fn office(page: &Page<'_>, i: usize) -> bool {
    let other = WordClass::COUNTERPART.or(WordClass::PERSON);
    let styled = page.is(i, STYLE) && definite(page, i);
    page.is(i, WordClass::TITLE) && !page.is(i, other) && !styled && !misread(page, i)
}

/// One past the last token, before `limit`, of the title that `head` begins. In what stands behind
/// the name a place may be where something happened, so that it asks for `places`.
fn reach(page: &Page<'_>, head: usize, limit: usize, places: bool, found: &[Found]) -> usize {
    let limit = limit.min(head + LONGEST);
    let mut stop = head + 1;
    while stop < limit
        && page.cells[stop].sentence == page.cells[head].sentence
        && belongs(page, head, stop, places, found)
    {
        stop += 1;
    }
    // What ends a title is definite, or a name.
    let closes = |i: usize| {
        page.cells[i].definite
            || page.cells[i].class.any(WordClass::ROLE)
            || covered(found, i).is_some()
    };
    while stop > head + 1 && (link(page, stop - 1) || !closes(stop - 1)) {
        stop -= 1;
    }
    stop
}

/// Whether a token continues the title that `head` begins.
fn belongs(page: &Page<'_>, head: usize, i: usize, places: bool, found: &[Found]) -> bool {
    let cell = &page.cells[i];
    let word = page.word(i);
    if !cell.is_word() {
        return false;
    }
    let body = WordClass::BODY.or(WordClass::KIND);
    let named = |i| covered(found, i).is_some_and(|f| places || f.entity_type == EntityType::Org);
    let lead = page.word(head);
    match word {
        "في" => {
            let next = i + 1;
            return next == head + 2
                || next < page.cells.len() && (named(next) || page.is(next, body));
        }
        "علي" => return lead.ends_with("مشرف") || lead.ends_with("مشرفه"),
        "الي" => return ["مبعوث", "موفد", "سفير"].iter().any(|w| lead.ends_with(w)),
        _ if link(page, i) => return true,
        _ => {}
    }
    if let Some(name) = covered(found, i) {
        // «أمير عسير الشركة السعودية»
        let place = |f: &Found| f.entity_type == EntityType::Loc;
        return name.entity_type != EntityType::Org
            || name.first < i
            || name.cut > 0
            || !covered(found, i - 1).is_some_and(place);
    }
    // «رئيس الفيفا أول من أمس»
    if word == "اول" && page.after(i).is_some_and(|n| page.word(n) == "من") {
        return false;
    }
    // «أمير المنطقة الشرقية التعازي»: only an adjective goes on behind a name.
    if covered(found, i - 1).is_some()
        && (word.starts_with("ال") || word.starts_with("لل"))
        && !cell.class.any(WordClass::ROLE)
        && !word.ends_with('ي')
        && !word.ends_with("يه")
    {
        return false;
    }
    let another = page.is(i, WordClass::TITLE) && !adjective(page, i);
    if another && (page.cells[i - 1].definite || word.starts_with('و')) {
        return false;
    }
    let stops = WordClass::STOP.or(WordClass::VERB);
    if cell.class.any(stops) && !cell.class.any(WordClass::ROLE) {
        return false;
    }
    if cell.class.any(WordClass::ROLE) {
        return true;
    }
    let part = body.or(WordClass::ROLE);
    match word.chars().next() {
        Some('ب') if cell.class == WordClass::default() => cell.stem_class.any(part),
        // «رئيس المجلس وأعضاء المجلس»
        Some('و') if cell.class == WordClass::default() => {
            cell.definite && !cell.stem_class.any(WordClass::STOP)
        }
        Some('ل') if cell.class == WordClass::default() => {
            cell.stem_class.any(part.or(WordClass::TITLE)) || word.starts_with("لل")
        }
        _ if cell.class.any(WordClass::GIVEN) => false,
        _ => cell.definite || cell.is(part.or(WordClass::COMMON).or(WordClass::PLACE_KIND)),
    }
}

fn link(page: &Page<'_>, i: usize) -> bool {
    matches!(page.word(i), "في" | "لدي" | "الي" | "علي" | "باسم")
}

/// Where no verb may have this person as its subject and another as its object: «استقبل الرئيس
/// وزير الخارجية».
fn safe(page: &Page<'_>, first: usize) -> bool {
    let Some(b) = page.before(first) else {
        return true;
    };
    let cell = &page.cells[b];
    let meets = matches!(page.word(b), "استقبل" | "التقي");
    let verb = cell.is(WordClass::VERB) && (meets || !cell.is(WordClass::SAYS));
    !verb || page.word(b).starts_with('ب')
}

/// An adjective is no head where its noun stands before it: «عضو المكتب السياسي».
fn adjective(page: &Page<'_>, i: usize) -> bool {
    page.cells[i].definite
        && page.word(i).ends_with('ي')
        && page.before(i).is_some_and(|n| {
            let noun = &page.cells[n];
            noun.is_word()
                && (noun.definite || noun.is(WordClass::TITLE.or(WordClass::ROLE)))
                && !noun.class.any(WordClass::STOP.or(WordClass::VERB))
        })
}

/// A title behind the name: «يوري أوشاكوف، المستشار الدبلوماسي للكرملين». The name with what
/// stands before it begins at `start`; `behind` is where the next person's name and title begin.
fn apposition(
    page: &Page<'_>,
    end: usize,
    start: usize,
    behind: (usize, usize),
    found: &[Found],
) -> Option<(usize, usize)> {
    let mut head = page.after(end - 1)?;
    let comma = matches!(page.cells[head].span.of(page.text), "،" | "," | "(");
    if comma {
        head = page.after(head)?;
    }
    let cell = &page.cells[head];
    if head >= behind.1
        || !cell.class.any(WordClass::TITLE)
        || !office(page, head)
        || !comma && !safe(page, start)
    {
        return None;
    }
    let stop = reach(page, head, behind.0, false, found);
    let told = (head..stop).any(|i| page.cells[i].definite || covered(found, i).is_some());
    told.then_some((head, stop))
}

/// The name that covers a token.
fn covered(found: &[Found], i: usize) -> Option<&Found> {
    let at = found.partition_point(|f| f.end <= i);
    found.get(at).filter(|f| f.first <= i)
}

/// The title's span, without the clitics on its head.
fn title_span(page: &Page<'_>, head: usize, end: usize) -> Role {
    let analysis = if page.cells[head].class.any(WordClass::TITLE) {
        None
    } else {
        page.behind_clitics(head, WordClass::TITLE, true)
    };
    Role {
        span: page.spans(head, end, analysis.map_or(0, |a| a.prefix)).1,
        article: analysis.is_some_and(|a| a.article),
    }
}
