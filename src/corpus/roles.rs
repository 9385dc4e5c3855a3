//! The roles people are given, in a form under which their spellings meet: «لوزير الخارجية الصيني»,
//! «وزير خارجية الصين» and «معالي وزير الخارجية الصيني الأستاذ» are وزير الخارجية, held of China.

use std::collections::HashMap;

use super::analysis::{Analysis, Aside, MentionRow, NO_ROLE};
use super::vocabulary::{Entity, entity_of};
use crate::lexicon::{EntityType, Lexicon, WordClass, fold};
use crate::segment::{Token, tokens};

/// A mention's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleRow {
    /// Its place in [`Analysis::mentions`].
    pub mention: u32,
    /// The role, as a place in [`Roles::names`].
    pub role: u32,
    /// The country or body the role's words tell, as a place in [`Roles::holders`].
    pub holder: Option<u32>,
}

/// The roles of an analysis.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roles {
    /// In the order of the mentions. What is no office is left out: نظيره, السيد.
    pub rows: Vec<RoleRow>,
    /// The roles' names, of each the spelling that is most frequent.
    pub names: Vec<String>,
    /// Whose offices they are.
    pub holders: Vec<Entity>,
}

/// Titles that may stand around an office: معالي, الدكتور, العقيد.
const STYLE: WordClass = WordClass::HONORIFIC.or(WordClass::RANK);

/// Gathers the roles of an analysis made with `lexicon`.
pub fn roles(analysis: &Analysis, lexicon: &Lexicon) -> Roles {
    let countries = Countries::new(lexicon);
    let mut classes = Classes::new();
    for (word, class) in &lexicon.words().classes {
        let known = classes.entry(word).or_default();
        *known = known.or(*class);
    }
    let mut roles = Roles::default();
    let mut by_key: HashMap<String, u32> = HashMap::new();
    let mut by_id: HashMap<String, u32> = HashMap::new();
    let mut spellings: Vec<HashMap<String, u32>> = Vec::new();
    for (i, mention) in analysis.mentions.iter().enumerate() {
        if mention.role == NO_ROLE {
            continue;
        }
        let text = &analysis.roles.list()[mention.role as usize];
        let mut words = Words::new(text, &classes);
        if !words.is_office() {
            continue;
        }
        words.strip_styles();
        let inside = inside(analysis, i);
        let holder = words.holder(&inside, &countries, text, mention);
        let name = words.finish();
        let next = roles.names.len() as u32;
        let role = *by_key.entry(fold(&name)).or_insert(next);
        if role == next {
            roles.names.push(String::new());
            spellings.push(HashMap::new());
        }
        *spellings[role as usize].entry(name).or_default() += 1;
        let holder = holder.map(|entity| {
            let next = roles.holders.len() as u32;
            let n = *by_id.entry(entity.id.clone()).or_insert(next);
            if n == next {
                roles.holders.push(entity);
            }
            n
        });
        roles.rows.push(RoleRow {
            mention: i as u32,
            role,
            holder,
        });
    }
    for (name, seen) in roles.names.iter_mut().zip(spellings) {
        let most = seen
            .into_iter()
            .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        *name = most.map(|(spelling, _)| spelling).unwrap_or_default();
    }
    roles
}

/// A name inside a role.
struct Inner<'a> {
    /// Code points in the document.
    start: u32,
    end: u32,
    entity: &'a Entity,
}

/// The names inside the role of mention `i`, people apart, in their order.
fn inside(analysis: &Analysis, i: usize) -> Vec<Inner<'_>> {
    let m = &analysis.mentions[i];
    let document = analysis.mentions_of(m.document as usize);
    let first = document.partition_point(|o| o.start < m.role_start);
    let shown = document[first..].iter().map(|o| Inner {
        start: o.start,
        end: o.end,
        entity: &analysis.entities[o.entity as usize],
    });
    let role = (m.document, m.role_start);
    let first = analysis
        .aside
        .partition_point(|o| (o.document, o.start) < role);
    let document = |o: &&Aside| o.document == m.document;
    let aside = analysis.aside[first..].iter().take_while(document);
    let aside = aside.map(|o| Inner {
        start: o.start,
        end: o.end,
        entity: &o.entity,
    });
    let mut inside: Vec<_> = shown
        .take_while(|o| o.end <= m.role_end)
        .chain(aside.take_while(|o| o.end <= m.role_end))
        .filter(|o| o.entity.entity_type != EntityType::Per)
        .collect();
    inside.sort_by_key(|o| o.start);
    inside
}

/// The country of each nationality.
struct Countries<'l> {
    by_code: HashMap<&'l str, &'l crate::lexicon::Entry>,
    by_norp: HashMap<&'l str, &'l str>,
}

impl<'l> Countries<'l> {
    fn new(lexicon: &'l Lexicon) -> Self {
        let mut by_code = HashMap::new();
        let mut by_norp = HashMap::new();
        for entry in lexicon.entries().iter().filter(|e| !e.country.is_empty()) {
            match (entry.entity_type, entry.subtype.as_str()) {
                (EntityType::Norp, _) => {
                    by_norp.insert(entry.id.as_str(), entry.country.as_str());
                }
                (EntityType::Loc, "country" | "territory") => {
                    by_code.entry(entry.country.as_str()).or_insert(entry);
                }
                _ => {}
            }
        }
        Self { by_code, by_norp }
    }

    fn of(&self, nationality: &str) -> Option<Entity> {
        let code = self.by_norp.get(nationality)?;
        self.by_code.get(code).map(|e| entity_of(e))
    }
}

/// What each known word can be.
type Classes<'l> = HashMap<&'l str, WordClass>;

struct Word<'r> {
    text: &'r str,
    folded: String,
    class: WordClass,
    /// Code points in the role.
    start: u32,
    end: u32,
}

impl Word<'_> {
    fn definite(&self) -> bool {
        self.folded.starts_with("ال") && self.folded.chars().count() > 3
    }

    fn styled(&self) -> bool {
        self.class.any(STYLE)
            && (self.definite() || self.text.contains('.') || self.folded.chars().count() == 1)
    }
}

/// The words of a role.
struct Words<'r> {
    classes: &'r Classes<'r>,
    list: Vec<Word<'r>>,
    /// Those that lost the name that determined them.
    made_definite: Vec<usize>,
}

impl<'r> Words<'r> {
    fn new(role: &'r str, classes: &'r Classes<'r>) -> Self {
        let mut cut: Vec<Token> = Vec::new();
        tokens(role, &mut cut);
        let mut at = (0, 0);
        let list = cut
            .iter()
            .filter(|t| t.kind.is_spelled() || t.kind.is_numeric())
            .map(|t| {
                let text = t.span.of(role);
                let start = at.1 + role[at.0..t.span.start as usize].chars().count() as u32;
                let end = start + text.chars().count() as u32;
                at = (t.span.end as usize, end);
                let folded = fold(text);
                let class = classes.get(folded.as_str()).copied().unwrap_or_default();
                Word {
                    text,
                    folded,
                    class,
                    start,
                    end,
                }
            })
            .collect();
        Self {
            classes,
            list,
            made_definite: Vec::new(),
        }
    }

    fn is_office(&self) -> bool {
        let another = WordClass::PERSON.or(WordClass::COUNTERPART);
        self.list.first().is_some_and(|w| !w.class.any(another))
            && !self.list.iter().all(|w| w.class.any(WordClass::RESPECT))
    }

    /// Takes off what says respect and not the office.
    fn strip_styles(&mut self) {
        let words = &mut self.list;
        loop {
            let style = match words.as_slice() {
                [owner, what, ..] if owner.folded.starts_with("صاحب") && what.definite() => {
                    let royal = |w: &&Word<'_>| w.folded.starts_with("الملكي");
                    2 + words[2..].iter().take_while(royal).count()
                }
                [first, second, ..]
                    if first.class.any(WordClass::HONORIFIC)
                        && second.class.any(WordClass::TITLE)
                        && !first.styled() =>
                {
                    1
                }
                _ => 0,
            };
            if style == 0 || style >= words.len() {
                break;
            }
            words.drain(..style);
        }
        if words.first().is_some_and(Word::styled) {
            return;
        }
        // Behind a word without its article it is part of the office: نائب الأمير.
        let style = (1..words.len()).find(|&k| {
            let owner = words[k].folded.starts_with("صاحب") && words.len() > k + 1;
            (words[k].styled() || owner) && (words[k - 1].definite() || k > 1)
        });
        if let Some(k) = style {
            words.truncate(k);
        }
    }

    /// Takes out the first name of a country or body, which tells whose office it is.
    fn holder(
        &mut self,
        inside: &[Inner<'_>],
        countries: &Countries<'_>,
        role: &str,
        mention: &MentionRow,
    ) -> Option<Entity> {
        // Where the article's alef was given back, all stands one further.
        let length = mention.role_end - mention.role_start;
        let shift = (role.chars().count() as u32).saturating_sub(length);
        let place = |m: &Inner<'_>| {
            let (start, end) = (
                m.start - mention.role_start + shift,
                m.end - mention.role_start + shift,
            );
            let first = self.list.iter().position(|w| w.end > start)?;
            let past = self.list.iter().rposition(|w| w.start < end)? + 1;
            (first < past).then_some((first, past))
        };
        let kind = |m: &Inner<'_>| m.entity.entity_type;
        // «السفير لدى مصر» is not Egypt's.
        let sent = |m: &&Inner<'_>| {
            place(m).is_none_or(|(first, _)| {
                first > 0 && matches!(self.list[first - 1].folded.as_str(), "لدي" | "الي")
            })
        };
        let (n, m) = inside.iter().enumerate().find(|(_, m)| !sent(m))?;
        let (first, past) = place(m)?;
        let entity = match kind(m) {
            EntityType::Org | EntityType::Loc => m.entity.clone(),
            // «الصداقة السعودية الفرنسية» is of both.
            EntityType::Norp
                if inside
                    .get(n + 1)
                    .is_some_and(|o| kind(o) == EntityType::Norp) =>
            {
                return None;
            }
            EntityType::Norp => countries.of(&m.entity.id)?,
            EntityType::Per | EntityType::Misc => return None,
        };
        if first == 0 {
            return Some(entity);
        }
        let mut from = first;
        let linked = m.start - mention.role_start + shift > self.list[first].start;
        while from > 1
            && matches!(
                self.list[from - 1].folded.as_str(),
                "في" | "لدي" | "الي" | "علي" | "باسم"
            )
        {
            from -= 1;
        }
        // What the name determined keeps its article: «وزير خارجية الصين» is وزير الخارجية.
        let owned = kind(m) != EntityType::Norp && from == first && !linked;
        let before = &self.list[from - 1];
        let unknown = before.class == WordClass::default();
        if owned && from > 1 && unknown && before.folded.starts_with('ب') {
            // «بمنطقة مكة»
            from -= 1;
        } else if owned && !before.definite() && !(unknown && before.folded.starts_with(['و', 'ل']))
        {
            self.made_definite.push(from - 1);
            let described = |w: &Word<'_>| w.text.ends_with('ي') || w.folded == "عام";
            if described(&self.list[from - 1]) && from > 1 && !self.list[from - 2].definite() {
                self.made_definite.push(from - 2);
            }
        }
        self.list.drain(from..past);
        Some(entity)
    }

    /// The role as a title is written by itself.
    fn finish(mut self) -> String {
        if let [only] = self.list.as_slice() {
            let definite = format!("ال{}", only.folded);
            let title = |w: &str| {
                let class = self.classes.get(w);
                class.is_some_and(|c| c.any(WordClass::TITLE))
            };
            // مدربه is his, not المدربة.
            let owned = only.text.ends_with('ه');
            self.made_definite = if title(&definite) && !owned {
                vec![0]
            } else {
                Vec::new()
            };
        }
        let mut name = String::new();
        for (i, word) in self.list.iter().enumerate() {
            if i > 0 {
                name.push(' ');
            }
            if self.made_definite.contains(&i) {
                name.push_str("ال");
            }
            name.push_str(word.text);
        }
        name
    }
}
