//! Names of the lexicon: every spelling that stands in the text, and of those that overlap the
//! leftmost and longest, each held to what its strength asks of the context.

use super::cells::stem;
use super::extractor::{Found, Page};
use super::linking::{FullNames, Registry};
use super::mention::{EntityRef, FoundBy};
use super::roles;
use crate::lexicon::{EntityType, Node, Output, Strength, WordClass, counts, fold};
use crate::segment::clitics;

/// A sequence of tokens that the trie knows.
struct Candidate {
    first: usize,
    end: usize,
    cut: usize,
    node: Node,
}

/// Finds the names of the lexicon, in order.
pub(super) fn known(page: &Page<'_>, registry: &mut Registry) -> Vec<Found> {
    let candidates = candidates(page);
    let mut full = FullNames::default();
    for c in &candidates {
        for output in page.matcher.outputs(c.node) {
            if let Output::Entity(entity, Strength::Full) = *output {
                let foreign = c.end == c.first + 1 && given_before(page, entity, c);
                if !foreign {
                    let kin = page.kin[entity as usize];
                    full.note(entity, c.first, kin.filter(|k| k.national).map(|k| k.code));
                }
            }
        }
    }
    let mut found: Vec<Found> = Vec::new();
    let mut next = 0;
    let mut at = 0;
    while at < candidates.len() {
        let first = candidates[at].first;
        let end = at + candidates[at..].partition_point(|c| c.first == first);
        let group = &candidates[at..end];
        at = end;
        if first < next || page.skipped(first) {
            continue;
        }
        if let Some(choice) = choose(page, &full, group, &candidates[end..], &found) {
            let name = bare(page, first, &choice);
            let entity = match choice.entity {
                EntityRef::Known(e) => {
                    full.seen(e, first);
                    if choice.found_by == FoundBy::Context && choice.unrivalled {
                        // Once its context told it, the article goes on to use the name alone.
                        full.note(e, first, None);
                    }
                    registry.number(EntityRef::Known(e))
                }
                other => registry.number(other),
            };
            next = choice.end;
            found.push(Found {
                first: name,
                end: choice.end,
                cut: if name == first { choice.cut } else { 0 },
                entity,
                entity_type: choice.entity_type,
                by: choice.found_by,
            });
        }
    }
    found
}

fn candidates(page: &Page<'_>) -> Vec<Candidate> {
    let mut all = Vec::new();
    let mut article = String::new();
    for (i, cell) in page.cells.iter().enumerate() {
        let word = page.word(i);
        if !counts(cell.kind, word) {
            continue;
        }
        let begins = all.len();
        // روسياً is an adjective in the accusative; folded it would be the country.
        if let Some(adjective) = accusative(page, i) {
            walk(page, i, adjective, 0, &mut all);
            if all.len() > begins {
                continue;
            }
        }
        for analysis in clitics::analyses(word) {
            // The future س goes before verbs alone: سليمان is not س + ليمان.
            if word[..analysis.prefix].ends_with('س') {
                continue;
            }
            let (stem, _) = stem(word, analysis, &mut article);
            if let Some(id) = page.matcher.word(stem) {
                walk(page, i, id, analysis.prefix, &mut all);
            }
        }
        // The longest first; of equals the one with the fewest clitics.
        all[begins..].sort_by_key(|c| (std::cmp::Reverse(c.end), c.cut));
    }
    all
}

fn accusative(page: &Page<'_>, i: usize) -> Option<u32> {
    let raw = page.cells[i].span.of(page.text);
    let stem = page.word(i).strip_suffix('ا')?;
    let id = raw
        .contains('\u{064B}')
        .then(|| page.matcher.word(stem))??;
    let node = page.matcher.start(id)?;
    let norp = page.matcher.outputs(node).iter().any(|o| match o {
        Output::Entity(e, _) => page.lexicon.entries()[*e as usize].entity_type == EntityType::Norp,
        Output::Pattern(_) => false,
    });
    norp.then_some(id)
}

fn walk(page: &Page<'_>, first: usize, word: u32, cut: usize, out: &mut Vec<Candidate>) {
    let Some(mut node) = page.matcher.start(word) else {
        return;
    };
    let mut end = first + 1;
    loop {
        if !page.matcher.outputs(node).is_empty() {
            out.push(Candidate {
                first,
                end,
                cut,
                node,
            });
        }
        let mut i = end;
        if page.hyphen(i) {
            i += 1;
        }
        let Some(cell) = page.cells.get(i) else {
            return;
        };
        if cell.sentence != page.cells[first].sentence {
            return;
        }
        let Some(next) = cell.word.and_then(|id| page.matcher.step(node, id)) else {
            return;
        };
        node = next;
        end = i + 1;
    }
}

struct Choice {
    end: usize,
    cut: usize,
    entity: EntityRef,
    entity_type: EntityType,
    found_by: FoundBy,
    /// Whether no other entity has this spelling for its own.
    unrivalled: bool,
}

fn choose(
    page: &Page<'_>,
    full: &FullNames,
    group: &[Candidate],
    later: &[Candidate],
    found: &[Found],
) -> Option<Choice> {
    let entry = |e: u32| &page.lexicon.entries()[e as usize];
    let mut office: Option<Choice> = None;
    for c in group {
        for output in page.matcher.outputs(c.node) {
            if let Output::Pattern(p) = *output {
                office = office.or_else(|| office_of(page, p, c, later));
            }
        }
    }
    for c in group {
        if office.as_ref().is_some_and(|o| o.end > c.end) {
            break;
        }
        let outputs = page.matcher.outputs(c.node);
        let whole_is_common = c.cut > 0
            && c.end == c.first + 1
            && page.cells[c.first]
                .class
                .any(WordClass::COMMON.or(WordClass::STOP));
        if whole_is_common {
            continue;
        }
        let make = |e: u32, found_by| Choice {
            end: c.end,
            cut: c.cut,
            entity: EntityRef::Known(e),
            entity_type: entry(e).entity_type,
            found_by,
            unrivalled: !outputs
                .iter()
                .any(|o| matches!(o, Output::Entity(_, Strength::Full))),
        };
        let single_person =
            |e: u32| c.end == c.first + 1 && entry(e).entity_type == EntityType::Per;
        // النصر السعودي: of the clubs of a name the one whose nationality stands behind it.
        let national = outputs.iter().find_map(|o| match *o {
            Output::Entity(e, Strength::Weak) if national(page, e, c, later) => Some(e),
            _ => None,
        });
        if let Some(e) = national {
            return Some(make(e, FoundBy::Context));
        }
        let family = family_name(page, c);
        for output in outputs {
            let Output::Entity(e, strength) = *output else {
                continue;
            };
            let group = matches!(entry(e).entity_type, EntityType::Org | EntityType::Norp);
            if family && group && strength != Strength::Short {
                continue;
            }
            if single_person(e) && given_before(page, e, c) || son_of_another(page, e, c) {
                continue;
            }
            if entry(e).entity_type == EntityType::Loc && adjective_here(page, c, outputs, found) {
                continue;
            }
            match strength {
                // أوستن, where the article has Lloyd Austin, is no town.
                Strength::Full
                    if c.end == c.first + 1
                        && entry(e).entity_type != EntityType::Per
                        && person_by_short(page, full, outputs).is_some()
                        && !before_place(page, c.first) => {}
                Strength::Full => return Some(make(e, FoundBy::Lexicon)),
                Strength::Weak
                    if entry(e).entity_type == EntityType::Norp
                        && adjective_here(page, c, outputs, found) =>
                {
                    return Some(make(e, FoundBy::Context));
                }
                Strength::Weak if supported(page, full, e, c, later, found) => {
                    return Some(make(e, FoundBy::Context));
                }
                _ => {}
            }
        }
        let shorts = outputs.iter().filter_map(|o| match *o {
            Output::Entity(e, Strength::Short) => Some(e),
            _ => None,
        });
        let goes_on = name_after(page, c.end, later);
        // A family name that stands first may be another's: وانغ يي and وانغ ونبين.
        let leads =
            |e: u32| fold(&entry(e).name).split(' ').next() == Some(&page.word(c.first)[c.cut..]);
        let free =
            |e: u32| !single_person(e) || !(given_before(page, e, c) || (goes_on && leads(e)));
        if let Some(e) = full.nearest(shorts.filter(|e| free(*e))) {
            return Some(make(e, FoundBy::Short));
        }
    }
    office
}

/// The first token of the name itself: the title in «الشيخ تميم» and the kind in «جزيرة سنتوسا»
/// stand beside a name.
fn bare(page: &Page<'_>, first: usize, choice: &Choice) -> usize {
    let EntityRef::Known(entity) = choice.entity else {
        return first;
    };
    let beside = match choice.entity_type {
        EntityType::Per => WordClass::TITLE,
        EntityType::Loc => WordClass::PLACE_KIND,
        EntityType::Org => WordClass::KIND,
        _ => return first,
    };
    // Unless the name in full begins with it: جزر القمر, أمين الناصر.
    let full = fold(&page.lexicon.entries()[entity as usize].name);
    let own = &page.word(first)[choice.cut..];
    if full.split(' ').any(|word| word == own) {
        return first;
    }
    let mut name = first;
    while name + 1 < choice.end && (page.cells[name].is(beside) || page.word(name).ends_with("شبه"))
    {
        name += 1;
    }
    name
}

/// Whether another given name stands right before: إيفانكا ترامب is not the president.
fn given_before(page: &Page<'_>, entity: u32, c: &Candidate) -> bool {
    let Some(before) = page.before(c.first) else {
        return false;
    };
    let entry = &page.lexicon.entries()[entity as usize];
    entry.entity_type == EntityType::Per
        && c.cut == 0
        && page.cells[before].class.any(WordClass::GIVEN)
}

/// Whether the name is the father's of another: نايف بن سلمان بن عبد العزيز is not the king.
fn son_of_another(page: &Page<'_>, entity: u32, c: &Candidate) -> bool {
    let Some(particle) = page.before(c.first) else {
        return false;
    };
    page.lexicon.entries()[entity as usize].entity_type == EntityType::Per
        && c.cut == 0
        && matches!(page.word(particle), "بن" | "ابن" | "بنت")
        && page
            .before(particle)
            .is_some_and(|b| page.cells[b].is_word())
        && page.cells[particle].class.any(WordClass::PARTICLE)
}

/// Whether an unknown name goes on after a short one: وانغ ونبين is not وانغ يي.
fn name_after(page: &Page<'_>, end: usize, later: &[Candidate]) -> bool {
    let known = later
        .iter()
        .take_while(|c| c.first <= end)
        .any(|c| c.first == end);
    !known
        && end < page.cells.len()
        && page.cells[end].sentence == page.cells[end - 1].sentence
        && super::names::strict(page, end)
        && !page.cells[end].definite
}

/// A pattern's head with the nationality after it, or a ministry without one.
fn office_of(
    page: &Page<'_>,
    pattern: u32,
    head: &Candidate,
    later: &[Candidate],
) -> Option<Choice> {
    let p = &page.lexicon.words().patterns[pattern as usize];
    let nationality = next_entities(page, head, later)
        .filter(|(_, cut)| *cut == 0)
        .map(|(e, _)| e)
        .find(|e| page.lexicon.entries()[*e as usize].entity_type == EntityType::Norp)
        .filter(|_| page.cells[head.end].sentence == page.cells[head.first].sentence)
        .filter(|_| page.word(head.end).ends_with('ه') == p.feminine);
    let short_form = fold(&p.full) != p.head;
    if short_form && (nationality.is_none() || !stands_alone(page, head.first, head.cut)) {
        return None;
    }
    if nationality.is_none() && !p.alone {
        return None;
    }
    Some(Choice {
        end: head.end + usize::from(nationality.is_some()),
        cut: head.cut,
        entity: EntityRef::Office {
            pattern,
            norp: nationality,
        },
        entity_type: EntityType::Org,
        found_by: FoundBy::Pattern,
        unrivalled: true,
    })
}

/// Whether الخارجية can stand for the ministry here: it is neither an adjective of the noun before
/// (السياسة الخارجية) nor the portfolio of a minister.
fn stands_alone(page: &Page<'_>, first: usize, cut: usize) -> bool {
    let Some(before) = page.before(first) else {
        return true;
    };
    let cell = &page.cells[before];
    let verb = cell.is(WordClass::VERB.or(WordClass::STOP));
    cut > 0 || !cell.is_word() || verb || !(cell.definite || cell.is(WordClass::TITLE))
}

/// Whether the context supports a spelling that is also a word.
fn supported(
    page: &Page<'_>,
    full: &FullNames,
    e: u32,
    c: &Candidate,
    later: &[Candidate],
    found: &[Found],
) -> bool {
    if full.has(e) {
        return true;
    }
    let entry = &page.lexicon.entries()[e as usize];
    let kin = page.kin[e as usize].is_some_and(|k| full.has_kin(k.code));
    let before = page.before(c.first);
    let before_is = |class| before.is_some_and(|b| page.cells[b].is(class));
    let kind_fits = before.is_none_or(|b| fits(page, b, &entry.subtype));
    match entry.entity_type {
        EntityType::Loc => {
            let preposition = before.is_some_and(|b| PLACE_CUES.contains(&page.word(b)));
            let attached = c.cut > 0 && page.word(c.first)[..c.cut].ends_with(['ب', 'ل']);
            let beside = found.last().is_some_and(|f| {
                f.entity_type == EntityType::Loc
                    && f.end + 1 >= c.first
                    && (c.cut > 0 || f.end + 1 == c.first)
            });
            // مالي وبوركينا فاسو: a place goes on.
            let joined = next_entities(page, c, later).any(|(n, cut)| {
                cut > 0 && page.lexicon.entries()[n as usize].entity_type == EntityType::Loc
            });
            let national = page.kin[e as usize].is_some_and(|k| k.national);
            // A word that is ordinary, or a given name, asks for more than its article's country.
            let ordinary = page.cells[c.first].class.any(
                WordClass::COMMON
                    .or(WordClass::GIVEN)
                    .or(WordClass::GIVEN_OR_WORD),
            );
            let named_on = page.cells.get(c.end).is_some_and(|n| {
                n.sentence == page.cells[c.first].sentence
                    && n.definite
                    && super::names::strict(page, c.end)
            });
            // «أمير قطر», but not «الرئيس بخاري».
            let office = !ordinary
                && before
                    .is_some_and(|b| page.cells[b].is(WordClass::TITLE) && !page.cells[b].definite);
            !named_on
                && (kin && national && !ordinary
                    || joined
                    || preposition
                    || attached
                    || beside
                    || office
                    || before_is(WordClass::PLACE_KIND))
        }
        EntityType::Norp => kin,
        EntityType::Per => {
            before_is(WordClass::GIVEN) || roles::before(page, c.first, 0, found).is_some()
        }
        EntityType::Org => {
            let kind = WordClass::KIND.or(WordClass::BODY);
            let behind_agency = before.is_some_and(|b| {
                matches!(page.word(b), "انباء" | "الانباء")
                    && page.before(b).is_some_and(|b| page.cells[b].is(kind))
            });
            // «وكالة الأنباء الروسية» names no newspaper.
            let agency = page.word(c.first) == "الانباء"
                && before.is_some_and(|b| page.word(b).contains("وكال"));
            // الحزب الديمقراطي, where the article is about its country.
            let at_home = kin
                && c.end > c.first + 1
                && matches!(
                    entry.subtype.as_str(),
                    "party" | "parliament" | "government" | "court" | "ministry" | "agency"
                );
            !agency
                && (before_is(kind) && kind_fits
                    || behind_agency
                    || at_home
                    || dateline(page, c, found)
                    || quoted(page, c, kind))
        }
        EntityType::Misc => quoted(page, c, WordClass::KIND),
    }
}

/// Whether السعودية is the adjective here: it follows a noun it agrees with, or a place or body.
fn adjective_here(page: &Page<'_>, c: &Candidate, outputs: &[Output], found: &[Found]) -> bool {
    let of = |t: EntityType| {
        outputs.iter().any(|o| match *o {
            Output::Entity(e, _) => page.lexicon.entries()[e as usize].entity_type == t,
            Output::Pattern(_) => false,
        })
    };
    if c.cut > 0 || c.end != c.first + 1 || !of(EntityType::Loc) || !of(EntityType::Norp) {
        return false;
    }
    let Some(before) = page.before(c.first) else {
        return false;
    };
    let cell = &page.cells[before];
    let named = found.last().is_some_and(|f| {
        f.end == c.first
            && matches!(
                f.entity_type,
                EntityType::Loc | EntityType::Org | EntityType::Norp
            )
    });
    let noun = cell.is_word()
        && cell.definite
        && page.word(before).ends_with('ه')
        && page.word(c.first).ends_with('ه')
        && !cell.class.any(WordClass::STOP.or(WordClass::VERB));
    named || noun
}

/// A person of a short name whose full name the article has.
fn person_by_short(page: &Page<'_>, full: &FullNames, outputs: &[Output]) -> Option<u32> {
    outputs.iter().find_map(|o| match *o {
        Output::Entity(e, Strength::Short)
            if full.has(e) && page.lexicon.entries()[e as usize].entity_type == EntityType::Per =>
        {
            Some(e)
        }
        _ => None,
    })
}

/// Whether a word for a place or a preposition of place stands right before.
fn before_place(page: &Page<'_>, first: usize) -> bool {
    page.before(first).is_some_and(|b| {
        PLACE_CUES.contains(&page.word(b)) || page.cells[b].is(WordClass::PLACE_KIND)
    })
}

/// Whether a word in ي stands where a person's family name does: عبد الخالق الحوثي is a man, and
/// «الدكتور تركي» no Turk.
fn family_name(page: &Page<'_>, c: &Candidate) -> bool {
    let Some(before) = page.before(c.first) else {
        return false;
    };
    let (cell, word) = (&page.cells[before], page.word(c.first));
    let given = cell.class.any(WordClass::GIVEN) && word.starts_with("ال");
    let honoured = cell.class.any(WordClass::HONORIFIC) && cell.definite && !word.starts_with("ال");
    c.cut == 0 && c.end == c.first + 1 && word.ends_with('ي') && (given || honoured)
}

/// Whether a body's own nationality follows its name.
fn national(page: &Page<'_>, e: u32, c: &Candidate, later: &[Candidate]) -> bool {
    let entry = &page.lexicon.entries()[e as usize];
    entry.entity_type == EntityType::Org
        && !entry.country.is_empty()
        && next_entities(page, c, later).any(|(n, _)| {
            let next = &page.lexicon.entries()[n as usize];
            next.entity_type == EntityType::Norp && next.country == entry.country
        })
}

/// Whether the kind word at `at` can head a body of this subtype: no newspaper is a نادي.
fn fits(page: &Page<'_>, at: usize, subtype: &str) -> bool {
    let family = |subtype: &str| match subtype {
        "newspaper" | "media_agency" | "broadcaster" | "magazine" | "platform" => 1,
        "club" | "federation" => 2,
        "company" | "bank" => 3,
        "party" | "armed_group" => 4,
        _ => 0,
    };
    let word = page.word(at);
    let head =
        clitics::analyses(word).find_map(|a| page.lexicon.words().subtypes.get(&word[a.prefix..]));
    match (family(subtype), head.map_or(0, |h| family(h))) {
        // Media and clubs are named like anything: «مستشفى الخبر» is no newspaper.
        (own @ (1 | 2), head) => own == head,
        (0, _) | (_, 0) => true,
        (own, head) => own == head,
    }
}

/// The entities whose spelling begins right after a candidate, each with the clitics before it.
fn next_entities<'a>(
    page: &'a Page<'_>,
    c: &Candidate,
    later: &'a [Candidate],
) -> impl Iterator<Item = (u32, usize)> + 'a {
    let end = c.end;
    later
        .iter()
        .take_while(move |n| n.first <= end)
        .filter(move |n| n.first == end)
        .flat_map(|n| page.matcher.outputs(n.node).iter().map(move |o| (o, n.cut)))
        .filter_map(|(o, cut)| match *o {
            Output::Entity(e, _) => Some((e, cut)),
            Output::Pattern(_) => None,
        })
}

/// «إسطنبول (الأناضول) –»: alone in brackets behind a place.
fn dateline(page: &Page<'_>, c: &Candidate, found: &[Found]) -> bool {
    let mark = |i: usize, m: &str| page.cells.get(i).is_some_and(|x| x.span.of(page.text) == m);
    let Some(open) = page.before(c.first) else {
        return false;
    };
    mark(open, "(")
        && mark(c.end, ")")
        && found
            .last()
            .is_some_and(|f| f.end == open && f.entity_type == EntityType::Loc)
}

/// In quotation marks, behind a word that says what it is.
fn quoted(page: &Page<'_>, c: &Candidate, kind: WordClass) -> bool {
    let Some(open) = page.before(c.first) else {
        return false;
    };
    let mark = |i: usize| {
        matches!(
            page.cells[i].span.of(page.text),
            "\"" | "«" | "»" | "“" | "”" | "(" | ")" | "'"
        )
    };
    mark(open)
        && c.end < page.cells.len()
        && mark(c.end)
        && page.before(open).is_some_and(|b| {
            // «قال لـ"عكاظ"».
            matches!(page.word(b), "ل")
                || page.cells[b].is(kind)
                || page.before(b).is_some_and(|b| page.cells[b].is(kind))
        })
}

/// Words a place stands after.
const PLACE_CUES: [&str; 24] = [
    "في",
    "من",
    "الي",
    "نحو",
    "عبر",
    "داخل",
    "خارج",
    "شمال",
    "جنوب",
    "شرق",
    "غرب",
    "وسط",
    "قرب",
    "غادر",
    "زار",
    "وفي",
    "ومن",
    "والي",
    "بين",
    "دوله",
    "جمهوريه",
    "مملكه",
    "سلطنه",
    "شمالي",
];
