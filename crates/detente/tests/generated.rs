//! What is generated in `docs/` says what the program says. `DETENTE_BLESS=1` rewrites it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use detente::lens::Finding;
use detente::text::Code;
use serde_json::Value;
use std::path::Path;

fn same(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference").join(name);
    if std::env::var_os("DETENTE_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, made).unwrap();
    }
    let held = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(held == made, "docs/reference/{name} is stale; DETENTE_BLESS=1 cargo test --test generated rewrites it");
}

fn json(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

#[test]
fn schemas_are_fresh() {
    same("case.schema.json", &json(&detente::case::schema()));
    same("check.schema.json", &json(&schemars::schema_for!(detente::case::Report).to_value()));
    same("brief.schema.json", &json(&schemars::schema_for!(detente::brief::content::Brief).to_value()));
    same("zone.schema.json", &json(&schemars::schema_for!(Finding<detente::lens::zone::ZoneAnswer>).to_value()));
    same("study.schema.json", &json(&schemars::schema_for!(Finding<detente::analysis::Study>).to_value()));
    same("order.schema.json", &json(&schemars::schema_for!(Finding<detente::lens::order::OrderAnswer>).to_value()));
    let stability = schemars::schema_for!(Finding<detente::lens::stability::StabilityAnswer>).to_value();
    same("stability.schema.json", &json(&stability));
    let talks = schemars::schema_for!(Finding<detente::lens::talks::TalksAnswer>).to_value();
    same("talks.schema.json", &json(&talks));
    let conflict = schemars::schema_for!(Finding<detente::analysis::stability::account::Account>).to_value();
    same("conflict.schema.json", &json(&conflict));
    same(
        "mandate.schema.json",
        &json(&schemars::schema_for!(Finding<detente::lens::mandate::MandateAnswer>).to_value()),
    );
}

#[test]
fn the_page_of_codes_is_fresh() {
    let mut page = String::from("# Codes of diagnostics\n\nWhat `detente explain CODE` prints, all in one place.\n");
    for code in Code::ALL {
        let severity = format!("{:?}", code.severity()).to_lowercase();
        page.push_str(&format!("\n## `{code}`\n\n*{severity}* · {}\n\n{}\n", code.title(), code.page()));
    }
    same("codes.md", &page);
}

#[test]
fn the_page_of_keys_is_fresh() {
    let schema = detente::case::schema();
    let definitions = schema["$defs"].as_object().unwrap();
    let mut page = String::from(
        "# Keys of a case\n\nEvery entry a case can have and every key of it. `detente schema` prints the same as JSON Schema.\n\
         Keys marked • are needed. A range is a number, `[low, high]`, or `{ low, likely, high }`.\n",
    );
    for (name, definition) in definitions.iter().filter(|(name, _)| *name != "partial") {
        page.push_str(&format!("\n## {name}\n\n"));
        if let Some(text) = definition["description"].as_str() {
            page.push_str(&format!("{text}\n\n"));
        }
        if let Some(words) = definition["oneOf"].as_array() {
            for word in words {
                page.push_str(&format!(
                    "- `{}`: {}\n",
                    word["const"].as_str().unwrap(),
                    word["description"].as_str().unwrap_or("")
                ));
            }
        }
        if let Some(keys) = definition["properties"].as_object() {
            let needed = |key: &str| definition["required"].as_array().is_some_and(|r| r.iter().any(|k| k == key));
            page.push_str("| key | value | what it says |\n| --- | --- | --- |\n");
            for (key, value) in keys {
                let mark = if needed(key) { " •" } else { "" };
                let text = value["description"].as_str().unwrap_or("").replace('|', "\\|");
                page.push_str(&format!("| `{key}`{mark} | {} | {text} |\n", kind(value)));
            }
        }
    }
    same("keys.md", &page);
}

#[test]
fn the_page_of_strategies_is_fresh() {
    let mut page = String::from(
        "# Strategies and protocols\n\nWhat is known by name: `detente explain strategies` and `detente explain protocols` print it. A \
         strategy is written `name` or `name(parameter=value, …)`; what is left out is as here.\n",
    );
    let mut group = |title: &str, abouts: Vec<&detente::strategy::About>| {
        page.push_str(&format!("\n## {title}\n\n| name | what it does | source |\n| --- | --- | --- |\n"));
        for about in abouts {
            let mut says = about.says.to_string();
            for parameter in about.parameters {
                says.push_str(&format!("<br>`{}`: {}", parameter.name, parameter.says));
            }
            if about.needs_others {
                says.push_str("<br>Needs to know what the others want.");
            }
            if about.ignores_reservation {
                says.push_str("<br>May accept less than no agreement is worth to it, as published.");
            }
            page.push_str(&format!("| `{}` | {says} | {} |\n", about.usage(), about.source));
        }
    };
    group("Strategies", detente::strategy::entries().map(|entry| &entry.about).collect());
    group("Models of what others want", detente::strategy::models().iter().map(|model| &model.about).collect());
    group("Conditions of acceptance", detente::strategy::acceptances().iter().map(|one| &one.about).collect());
    page.push_str("\n## Protocols\n\n| name | rules |\n| --- | --- |\n");
    for protocol in detente::talks::protocols::listed() {
        let mut says = protocol.says.to_string();
        for (name, what) in protocol.parameters {
            says.push_str(&format!("<br>`{name}`: {what}"));
        }
        page.push_str(&format!("| `{}` | {says} |\n", protocol.name));
    }
    same("strategies.md", &page);
}

/// The type of a key in a few words.
fn kind(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        return format!("[{name}](#{})", name.to_lowercase());
    }
    match schema["type"].as_str() {
        Some("array") => format!("list of {}", kind(&schema["items"])),
        Some("object") if schema["additionalProperties"].is_object() => {
            format!("named {}", kind(&schema["additionalProperties"]))
        }
        Some("string") => "text".into(),
        Some("boolean") => "true or false".into(),
        Some("integer") => "whole number".into(),
        Some(other) => other.into(),
        None if schema["anyOf"][0]["type"] == "number" => "range".into(),
        None if schema["anyOf"][0]["type"] == "string" => "name, or names in brackets".into(),
        None => "values".into(),
    }
}

#[test]
fn the_readme_shows_the_ten_line_case_as_it_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let case = std::fs::read_to_string(root.join("cases/ten-lines.toml")).unwrap();
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    assert_eq!(case.trim_end().lines().count(), 10);
    assert!(readme.contains(case.trim_end()), "README.md shows another ten-line case than cases/ten-lines.toml");
}
