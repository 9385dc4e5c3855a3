use foldhash::fast::RandomState;
use hashbrown::HashMap;

use super::builder::{Strength, braces, fold, is_plain, spellings};
use super::entries::EntityType;
use super::store::Lexicon;
use super::words::WordClass;
use crate::segment::{Token, TokenKind, tokens};
use crate::text::Interner;

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
    /// A set expression, inside which no name stands.
    Expression,
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
    words: Interner,
    /// By word, as is `first`.
    classes: Vec<WordClass>,
    first: Vec<Node>,
    next: HashMap<(Node, WordId), Node, RandomState>,
    outputs: Vec<Output>,
    /// Where those of each node begin, and one past the last.
    begins: Vec<u32>,
    /// The full names of the patterns, folded.
    patterns: Vec<String>,
}

impl Matcher {
    /// Compiles a lexicon. Entries earlier in it win where two share a spelling.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self::compile(lexicon).0
    }

    /// Compiles a lexicon, and gives the folded full names of its people of two words and more,
    /// each with its entry: what another spelling is held against.
    pub fn compile(lexicon: &Lexicon) -> (Self, Vec<(String, u32)>) {
        let mut trie = Trie::default();
        let mut people = Vec::new();
        for (word, class) in &lexicon.words().classes {
            // A title of two words counts by its first.
            let id = trie.intern(word);
            let known = &mut trie.classes[id as usize];
            *known = known.or(*class);
        }
        for (i, entry) in lexicon.entries().iter().enumerate() {
            for (name, strength) in spellings(entry) {
                trie.insert(&name, Output::Entity(i as u32, strength));
                let full = strength == Strength::Full && name.contains(' ');
                if full && entry.entity_type == EntityType::Per {
                    people.push((name, i as u32));
                }
            }
        }
        // روسيا is the country and never the adjective; فلسطينيا can only be the adjective.
        for (i, entry) in lexicon.entries().iter().enumerate() {
            if entry.entity_type == EntityType::Norp {
                for (name, strength) in spellings(entry) {
                    let accusative = format!("{name}ا");
                    if name.ends_with('ي') && !name.starts_with("ال") && !trie.knows(&accusative)
                    {
                        trie.insert(&accusative, Output::Entity(i as u32, strength));
                    }
                }
            }
        }
        for expression in &lexicon.words().expressions {
            trie.insert(expression, Output::Expression);
        }
        for (i, pattern) in lexicon.words().patterns.iter().enumerate() {
            for head in braces(&pattern.head).iter().map(|h| fold(h)) {
                let output = |construct| Output::Pattern(i as u32, construct);
                if let Some(head) = pattern.before_country(&head) {
                    trie.insert(&head, output(Construct::Country));
                }
                trie.insert(&head, output(Construct::Adjective));
            }
        }
        let patterns = lexicon.words().patterns.iter().map(|p| fold(&p.full));
        (trie.finish(patterns.collect()), people)
    }

    /// The number of a folded word, if it is known.
    #[inline]
    pub fn word(&self, folded: &str) -> Option<WordId> {
        self.words.get(folded)
    }

    /// What a known word can be.
    #[inline]
    pub fn class(&self, word: WordId) -> WordClass {
        self.classes[word as usize]
    }

    /// Where names that begin with a word lead.
    #[inline]
    pub fn start(&self, word: WordId) -> Option<Node> {
        Some(self.first[word as usize]).filter(|&n| n != 0)
    }

    /// Where the next word leads.
    #[inline]
    pub fn step(&self, node: Node, word: WordId) -> Option<Node> {
        self.next.get(&(node, word)).copied()
    }

    /// What the words so far stand for, the higher ranked first.
    #[inline]
    pub fn outputs(&self, node: Node) -> &[Output] {
        let [begin, end] = [node, node + 1].map(|n| self.begins[n as usize] as usize);
        &self.outputs[begin..end]
    }

    /// Whether a folded word is a shorter form of a pattern's name, as it stands before the
    /// adjective, الخارجية, or before the country, خارجية.
    pub fn is_short(&self, pattern: u32, construct: Construct, word: &str) -> bool {
        let rest = self.patterns[pattern as usize].strip_suffix(word);
        rest.is_some_and(|rest| {
            rest.ends_with(match construct {
                Construct::Adjective => " ",
                Construct::Country => " ال",
            })
        })
    }
}

/// A matcher in the making.
#[derive(Default)]
struct Trie {
    words: Interner,
    classes: Vec<WordClass>,
    first: Vec<Node>,
    next: HashMap<(Node, WordId), Node, RandomState>,
    /// The number of nodes but the root, 0.
    nodes: Node,
    outputs: Vec<(Node, Output)>,
    tokens: Vec<Token>,
}

impl Trie {
    fn intern(&mut self, word: &str) -> WordId {
        let id = self.words.number(word);
        if id as usize == self.classes.len() {
            self.classes.push(WordClass::default());
            self.first.push(0);
        }
        id
    }

    fn knows(&self, word: &str) -> bool {
        self.words
            .get(word)
            .is_some_and(|id| self.first[id as usize] != 0)
    }

    fn insert(&mut self, name: &str, output: Output) {
        let mut node = 0;
        if is_plain(name) {
            for word in name.split(' ').filter(|w| !w.is_empty()) {
                node = self.child(node, word);
            }
        } else {
            let mut cut = std::mem::take(&mut self.tokens);
            cut.clear();
            tokens(name, &mut cut);
            for token in cut.iter().filter(|t| counts(t.kind, t.span.of(name))) {
                node = self.child(node, token.span.of(name));
            }
            self.tokens = cut;
        }
        if node != 0 {
            self.outputs.push((node, output));
        }
    }

    fn child(&mut self, node: Node, word: &str) -> Node {
        let word = self.intern(word);
        let child = if node == 0 {
            &mut self.first[word as usize]
        } else {
            self.next.entry((node, word)).or_default()
        };
        if *child == 0 {
            self.nodes += 1;
            *child = self.nodes;
        }
        *child
    }

    fn finish(mut self, patterns: Vec<String>) -> Matcher {
        self.outputs.sort_by_key(|(node, _)| *node);
        let mut outputs: Vec<Output> = Vec::with_capacity(self.outputs.len());
        let mut begins = vec![0];
        for (node, output) in self.outputs {
            begins.resize(node as usize + 1, outputs.len() as u32);
            // The spellings of an entity follow one another.
            let here = &outputs[begins[node as usize] as usize..];
            let own = |o: &&Output| match (o, &output) {
                (Output::Entity(a, _), Output::Entity(b, _)) => a == b,
                (Output::Entity(..), _) | (_, Output::Entity(..)) => false,
                _ => true,
            };
            if !here.iter().rev().take_while(own).any(|o| *o == output) {
                outputs.push(output);
            }
        }
        begins.resize(self.nodes as usize + 2, outputs.len() as u32);
        Matcher {
            words: self.words,
            classes: self.classes,
            first: self.first,
            next: self.next,
            outputs,
            begins,
            patterns,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of letters and blanks are cut without the tokenizer.
    #[test]
    fn plain_names_are_cut_as_text_is() {
        let mut plain = 0;
        for entry in Lexicon::shipped().entries() {
            for (name, _) in spellings(entry).into_iter().filter(|s| is_plain(&s.0)) {
                let mut cut = Vec::new();
                tokens(&name, &mut cut);
                assert!(cut.iter().all(|t| counts(t.kind, t.span.of(&name))));
                let words = cut.iter().map(|t| t.span.of(&name));
                assert!(
                    words.eq(name.split(' ').filter(|w| !w.is_empty())),
                    "{name}"
                );
                plain += 1;
            }
        }
        assert!(plain > 10_000);
    }
}
