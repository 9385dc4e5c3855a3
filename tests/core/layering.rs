//! The edges of the design: text flows one way through the stages, and each outside library stays
//! where it belongs. The sources themselves are read.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The stages in the order of the flow: each may use those before it.
const STAGES: [&str; 10] = [
    "text",
    "normalize",
    "segment",
    "lexicon",
    "tagger",
    "entities",
    "corpus",
    "stories",
    "cooccurrence",
    "trends",
];

/// What serves every stage, with what it may use itself.
const SERVICES: [(&str, &[&str]); 3] = [
    ("error", &[]),
    ("bytes", &["error"]),
    ("threads", &["error"]),
];

/// Libraries that belong to some modules only: the automata to the lexicon, say.
const KEPT: [(&str, &[&str]); 6] = [
    ("aho_corasick", &["lexicon"]),
    ("daachorse", &["lexicon"]),
    ("fst", &["lexicon"]),
    ("postcard", &["bytes"]),
    (
        "rayon",
        &["threads", "corpus", "stories", "cooccurrence", "trends"],
    ),
    ("unicode_normalization", &["normalize"]),
];

/// What only the bindings know.
const FOREIGN: [&str; 6] = [
    "pyo3",
    "numpy",
    "pandas",
    "arrow_array",
    "arrow_schema",
    "PyAny",
];

struct Source {
    /// The module right under the crate's root; empty for `lib.rs`.
    module: String,
    path: String,
    /// The text without comments and string literals.
    code: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    files
        .into_iter()
        .map(|file| {
            let inside = file.strip_prefix(&src).unwrap();
            let first = inside
                .components()
                .next()
                .unwrap()
                .as_os_str()
                .to_str()
                .unwrap();
            let module = first.strip_suffix(".rs").unwrap_or(first);
            Source {
                module: if module == "lib" { "" } else { module }.to_owned(),
                path: inside.display().to_string(),
                code: code(&fs::read_to_string(&file).unwrap()),
            }
        })
        .collect()
}

/// Rust without its comments and string literals, near enough for this project's style.
fn code(rust: &str) -> String {
    let mut kept = String::new();
    for line in rust.lines() {
        let mut quoted = false;
        let mut escaped = false;
        let mut previous = '\n';
        for c in line.chars() {
            match c {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' if previous != '\'' => quoted = !quoted,
                '/' if !quoted && previous == '/' => break,
                _ if !quoted => kept.push(c),
                _ => {}
            }
            previous = c;
        }
        kept.push('\n');
    }
    kept
}

fn identifiers(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// The modules named after `crate::`, in a list of braces too.
fn used(code: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for (at, lead) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + lead.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            found.extend(identifiers(rest).next());
            continue;
        };
        let mut depth = 0;
        let mut start = 0;
        for (i, c) in list.char_indices() {
            if depth == 0 && (c == ',' || c == '}') {
                found.extend(
                    identifiers(list[start..i].trim())
                        .next()
                        .filter(|n| !n.is_empty()),
                );
                start = i + 1;
            }
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                _ => {}
            }
        }
    }
    found
}

#[test]
fn every_module_has_its_place() {
    let declared: BTreeSet<String> = sources()
        .into_iter()
        .map(|s| s.module)
        .filter(|m| !m.is_empty())
        .collect();
    let placed: BTreeSet<String> = STAGES
        .iter()
        .copied()
        .chain(SERVICES.iter().map(|s| s.0))
        .map(str::to_owned)
        .collect();
    assert_eq!(declared, placed);
}

#[test]
fn stages_use_only_those_before_them() {
    for source in sources() {
        let services = SERVICES.iter().map(|s| s.0);
        let allowed: BTreeSet<&str> =
            if let Some(i) = STAGES.iter().position(|s| *s == source.module) {
                STAGES[..=i].iter().copied().chain(services).collect()
            } else if let Some(service) = SERVICES.iter().find(|s| s.0 == source.module) {
                service.1.iter().copied().chain([service.0]).collect()
            } else {
                continue;
            };
        for module in used(&source.code) {
            assert!(
                allowed.contains(module),
                "src/{} uses crate::{module}; it may use {allowed:?}",
                source.path
            );
        }
        assert!(
            !source.code.contains("super::super"),
            "src/{} reaches over its stage; name the stage with crate::",
            source.path
        );
    }
}

#[test]
fn libraries_stay_where_they_belong() {
    for source in sources() {
        for name in identifiers(&source.code) {
            assert!(
                !FOREIGN.contains(&name),
                "src/{} names {name}, which only the bindings know",
                source.path
            );
            if let Some((library, homes)) = KEPT.iter().find(|k| k.0 == name) {
                assert!(
                    homes.contains(&source.module.as_str()),
                    "src/{} names {library}, which belongs to {homes:?}",
                    source.path
                );
            }
        }
    }
}

#[test]
fn the_core_depends_on_no_binding() {
    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml"))
        .unwrap()
        .parse()
        .unwrap();
    let bindings = ["pyo3", "numpy", "arrow"];
    for name in manifest["dependencies"].as_table().unwrap().keys() {
        assert!(!bindings.iter().any(|b| name.starts_with(b)), "{name}");
    }
}

#[test]
fn the_core_has_no_unsafe_code() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    assert!(lib.contains("#![forbid(unsafe_code)]"));
}

#[test]
fn the_reader_of_sources_sees_every_use() {
    let rust = "use crate::error::Error; // crate::corpus\nlet s = \"crate::text\"; let q = '\"';\n\
                use crate::{bytes, lexicon::{Entry, Node}, segment::{\n  self, Token},\n};\n\
                $crate::normalize::x(); crate::threads::on_pool()";
    let code = code(rust);
    let used: Vec<_> = used(&code).into_iter().collect();
    assert_eq!(used, ["bytes", "error", "lexicon", "segment", "threads"]);
}
