use std::cell::OnceCell;

use foldhash::fast::RandomState;
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

use crate::entities::EntityRef;
use crate::lexicon::{EntityType, Entry, Lexicon, fold, slug};

/// Strings, each with a number in the order of its first appearance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strings {
    list: Vec<String>,
    #[serde(skip)]
    numbers: HashMap<String, u32, RandomState>,
}

impl Strings {
    /// The number of a string.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(&n) = self.numbers.get(text) {
            return n;
        }
        let n = self.list.len() as u32;
        self.list.push(text.to_owned());
        self.numbers.insert(text.to_owned(), n);
        n
    }

    /// The strings by number.
    pub fn list(&self) -> &[String] {
        &self.list
    }
}

/// An entity of a corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Entity {
    pub id: String,
    pub name: String,
    pub name_en: String,
    pub entity_type: EntityType,
    pub subtype: String,
    pub wikidata: String,
}

impl Entity {
    /// Of one id told differently, the first in this order is kept.
    pub(crate) fn order(&self) -> impl Ord + use<'_> {
        let Self {
            id,
            name,
            name_en,
            subtype,
            wikidata,
            ..
        } = self;
        (id, name, name_en, subtype, wikidata)
    }
}

/// The entities of a corpus, each with a number in the order of its first mention.
#[derive(Debug)]
pub(super) struct Entities<'l> {
    pub(super) list: Vec<Entity>,
    by_ref: HashMap<EntityRef, u32, RandomState>,
    by_id: HashMap<String, u32, RandomState>,
    lexicon: &'l Lexicon,
    index: OnceCell<Index<'l>>,
}

impl<'l> Entities<'l> {
    pub(super) fn new(lexicon: &'l Lexicon) -> Self {
        Self {
            list: Vec::new(),
            by_ref: HashMap::default(),
            by_id: HashMap::default(),
            lexicon,
            index: OnceCell::new(),
        }
    }

    /// What a reference stands for.
    pub(super) fn entity(&self, entity: &EntityRef) -> Entity {
        resolve(self.lexicon, &self.index, entity)
    }

    /// The type of what a reference stands for.
    pub(super) fn type_of(&self, entity: &EntityRef) -> EntityType {
        match entity {
            EntityRef::Known(entry) => self.lexicon.entries()[*entry as usize].entity_type,
            EntityRef::Office { .. } => EntityType::Org,
            EntityRef::Named { entity_type, .. } => *entity_type,
        }
    }

    /// The number of an entity; two references to one id share it.
    pub(super) fn number(&mut self, entity: &EntityRef) -> u32 {
        if let Some(&n) = self.by_ref.get(entity) {
            return n;
        }
        let made = self.entity(entity);
        let next = self.list.len() as u32;
        let n = *self.by_id.entry_ref(&made.id).or_insert(next);
        if n == next {
            self.list.push(made);
        } else {
            // Of several spellings the first in order, as where shards are merged.
            let known = &mut self.list[n as usize];
            if made.order() < known.order() {
                *known = made;
            }
        }
        // A name that varies in its spelling alone is looked up by its own reference next time.
        self.by_ref.insert(entity.clone(), n);
        n
    }
}

/// An entry of the lexicon as an entity of a corpus.
pub(super) fn entity_of(e: &Entry) -> Entity {
    Entity {
        id: e.id.clone(),
        name: e.name.clone(),
        name_en: e.name_en.clone(),
        entity_type: e.entity_type,
        subtype: e.subtype.clone(),
        wikidata: e.wikidata.clone(),
    }
}

/// What is looked up in a lexicon to make bodies of countries.
#[derive(Debug)]
struct Index<'l> {
    by_id: HashMap<&'l str, &'l Entry, RandomState>,
    /// By their code, the first of each.
    countries: HashMap<&'l str, &'l Entry, RandomState>,
    /// Those of a country by what they are called: an entry may have another id than its pattern.
    bodies: HashMap<&'l str, &'l Entry, RandomState>,
}

impl<'l> Index<'l> {
    fn of(lexicon: &'l Lexicon) -> Self {
        let mut countries = HashMap::default();
        let mut by_id = HashMap::default();
        let mut bodies = HashMap::default();
        for e in lexicon.entries() {
            by_id.entry(e.id.as_str()).or_insert(e);
            if e.entity_type == EntityType::Loc
                && !e.country.is_empty()
                && matches!(e.subtype.as_str(), "country" | "territory")
            {
                countries.entry(e.country.as_str()).or_insert(e);
            }
            if e.entity_type == EntityType::Org && !e.country.is_empty() {
                for name in std::iter::once(&e.name).chain(&e.aliases) {
                    bodies.entry(name.as_str()).or_insert(e);
                }
            }
        }
        Self {
            by_id,
            countries,
            bodies,
        }
    }
}

fn resolve<'l>(lexicon: &'l Lexicon, index: &OnceCell<Index<'l>>, entity: &EntityRef) -> Entity {
    let entries = lexicon.entries();
    match entity {
        EntityRef::Known(i) => entity_of(&entries[*i as usize]),
        EntityRef::Office { pattern, norp } => {
            let p = &lexicon.words().patterns[*pattern as usize];
            let Some(nationality) = norp.map(|n| &entries[n as usize]) else {
                return Entity {
                    id: format!("org:{}", p.slug),
                    name: p.full.clone(),
                    name_en: p.name_en.clone(),
                    entity_type: EntityType::Org,
                    subtype: p.subtype.clone(),
                    wikidata: String::new(),
                };
            };
            let index = index.get_or_init(|| Index::of(lexicon));
            let country = (nationality.subtype == "nationality")
                .then(|| index.countries.get(nationality.country.as_str()))
                .flatten();
            let place = country.map_or_else(
                || nationality.id.trim_start_matches("norp:"),
                |c| c.id.trim_start_matches("loc:"),
            );
            let id = format!("org:{place}-{}", p.slug);
            let ending = if p.feminine { "ة" } else { "" };
            let name = format!("{} ال{}{ending}", p.full, nationality.name);
            let entry = index.by_id.get(id.as_str());
            if let Some(entry) = entry.or_else(|| index.bodies.get(name.as_str())) {
                return entity_of(entry);
            }
            let country_en = country.map_or(nationality.name_en.as_str(), |c| &c.name_en);
            Entity {
                id,
                name,
                name_en: format!("{}, {country_en}", p.name_en),
                entity_type: EntityType::Org,
                subtype: p.subtype.clone(),
                wikidata: String::new(),
            }
        }
        EntityRef::Named {
            entity_type,
            subtype,
            key,
            name,
        } => Entity {
            id: slug(*entity_type, &fold(key)),
            name: name.clone(),
            name_en: String::new(),
            entity_type: *entity_type,
            subtype: subtype.clone(),
            wikidata: String::new(),
        },
    }
}
