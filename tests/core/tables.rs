//! The golden tables, `[[case]]` after `[[case]]`.

/// The cases of a golden file.
pub(crate) fn cases(file: &str) -> Vec<toml::Table> {
    let file: toml::Table = file.parse().expect("TOML");
    let cases = file["case"].as_array().expect("cases");
    cases
        .iter()
        .map(|c| c.as_table().expect("a case").clone())
        .collect()
}

/// A string of a case.
pub(crate) fn text<'c>(case: &'c toml::Table, key: &str) -> &'c str {
    case[key].as_str().expect("a string")
}

/// A list of strings of a case.
pub(crate) fn texts<'c>(case: &'c toml::Table, key: &str) -> Vec<&'c str> {
    let list = case[key].as_array().expect("a list");
    list.iter().map(|s| s.as_str().expect("a string")).collect()
}

/// Fails with everything that differs, not the first alone.
pub(crate) fn report(wrong: &str) {
    assert!(wrong.is_empty(), "{wrong}");
}
