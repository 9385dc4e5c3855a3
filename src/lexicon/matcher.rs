use foldhash::fast::RandomState;
use hashbrown::HashMap;

use super::builder::{Strength, braces, fold, spellings};
use super::entries::EntityType;
use super::store::Lexicon;
use super::words::WordClass;
use crate::segment::{TokenKind, tokens};

/// A word the matcher knows.
pub type WordId = u32;

/// A place in the trie of names.
pub type Node = u32;

/// What a sequence of words stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// An entity of the lexicon, by its index.
    Entity(u32, Strength),
    /// The words of a pattern before its country, by its index.
    Pattern(u32, Construct),
}

/// How the head of a pattern is joined to its country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Construct {
    /// An adjective of nationality follows it: وزارة الخارجية الصينية.
    Adjective,
    /// The country itself follows it: وزارة خارجية الصين.
    Country,
}

/// A lexicon compiled for look-up: words to numbers, and a trie of numbers.
#[derive(Debug, Clone)]
pub struct Matcher {
    words: HashMap<Box<str>, WordId, RandomState>,
    classes: Vec<WordClass>,
    first: Vec<Node>,
    next: HashMap<(Node, WordId), Node, RandomState>,
    outputs: Vec<Vec<Output>>,
}

impl Matcher {
    /// Compiles a lexicon. Entries earlier in it win where two share a spelling.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut this = Self {
            words: HashMap::default(),
            classes: Vec::new(),
            first: Vec::new(),
            next: HashMap::default(),
            outputs: vec![Vec::new()],
        };
        for (word, &class) in &lexicon.words().classes {
            // A title of two words counts by its first.
            let id = this.intern(word);
            this.classes[id as usize] = class;
        }
        for (i, entry) in lexicon.entries().iter().enumerate() {
            for (name, strength) in spellings(entry) {
                this.insert(&name, Output::Entity(i as u32, strength));
            }
        }
        // روسيا is the country and never the adjective; فلسطينيا can only be the adjective.
        for (i, entry) in lexicon.entries().iter().enumerate() {
            if entry.entity_type == EntityType::Norp {
                for (name, strength) in spellings(entry) {
                    let accusative = format!("{name}ا");
                    if name.ends_with('ي') && !name.starts_with("ال") && !this.knows(&accusative)
                    {
                        this.insert(&accusative, Output::Entity(i as u32, strength));
                    }
                }
            }
        }
        for (i, pattern) in lexicon.words().patterns.iter().enumerate() {
            for head in braces(&pattern.head).iter().map(|h| fold(h)) {
                let output = |construct| Output::Pattern(i as u32, construct);
                if let Some(head) = pattern.before_country(&head) {
                    this.insert(&head, output(Construct::Country));
                }
                this.insert(&head, output(Construct::Adjective));
            }
        }
        this
    }

    fn knows(&self, word: &str) -> bool {
        self.words
            .get(word)
            .is_some_and(|&id| self.first[id as usize] != 0)
    }

    fn intern(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.words.get(word) {
            return id;
        }
        let id = self.classes.len() as WordId;
        self.words.insert(word.into(), id);
        self.classes.push(WordClass::default());
        self.first.push(0);
        id
    }

    fn insert(&mut self, name: &str, output: Output) {
        let mut node = 0;
        let mut cut = Vec::new();
        tokens(name, &mut cut);
        for token in cut.iter().filter(|t| counts(t.kind, t.span.of(name))) {
            let word = self.intern(token.span.of(name));
            let known = if node == 0 {
                self.first[word as usize]
            } else {
                self.next.get(&(node, word)).copied().unwrap_or_default()
            };
            node = if known == 0 {
                let new = self.outputs.len() as Node;
                self.outputs.push(Vec::new());
                if node == 0 {
                    self.first[word as usize] = new;
                } else {
                    self.next.insert((node, word), new);
                }
                new
            } else {
                known
            };
        }
        if node != 0 {
            let outputs = &mut self.outputs[node as usize];
            if !outputs.contains(&output) {
                outputs.push(output);
            }
        }
    }

    /// The number of a folded word, if it is known.
    pub fn word(&self, folded: &str) -> Option<WordId> {
        self.words.get(folded).copied()
    }

    /// What a known word can be.
    pub fn class(&self, word: WordId) -> WordClass {
        self.classes[word as usize]
    }

    /// Where names that begin with a word lead.
    pub fn start(&self, word: WordId) -> Option<Node> {
        Some(self.first[word as usize]).filter(|&n| n != 0)
    }

    /// Where the next word leads.
    pub fn step(&self, node: Node, word: WordId) -> Option<Node> {
        self.next.get(&(node, word)).copied()
    }

    /// What the words so far stand for, the higher ranked first.
    pub fn outputs(&self, node: Node) -> &[Output] {
        &self.outputs[node as usize]
    }
}

/// Whether a token is part of a name's spelling; hyphens and dots are not.
pub fn counts(kind: TokenKind, text: &str) -> bool {
    match kind {
        _ if kind.is_spelled() || kind.is_numeric() => true,
        TokenKind::Symbol => text == "+",
        TokenKind::Punctuation => text == "&",
        _ => false,
    }
}
