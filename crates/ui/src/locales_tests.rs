//! The generator behind [`crate::words`] refuses every incomplete pair of files.

use crate::locales::generate;

#[test]
fn a_sentence_becomes_a_function_in_both_languages() {
    let source = generate(r#"{"hello": "你好"}"#, r#"{"hello": "Hello"}"#).unwrap();
    assert!(source.contains("pub fn hello(lang: ::domain::Lang) -> &'static str"), "{source}");
    assert!(source.contains(r#"lang.pick("你好", "Hello")"#), "{source}");
}

#[test]
fn places_become_arguments_in_the_order_of_the_chinese_sentence() {
    let source =
        generate(r#"{"a": "{station}在{time}"}"#, r#"{"a": "at {time} in {station}"}"#).unwrap();
    assert!(source.contains("station: &dyn ::std::fmt::Display, time: &dyn"), "{source}");
}

#[test]
fn a_key_that_one_language_lacks_is_named() {
    let error = generate(r#"{"a": "甲", "b": "乙"}"#, r#"{"a": "A"}"#).unwrap_err();
    assert_eq!(error, "\"b\" is in zh-CN.json but not in en.json");
    let error = generate(r#"{"a": "甲"}"#, r#"{"a": "A", "c": "C"}"#).unwrap_err();
    assert_eq!(error, "\"c\" is in en.json but not in zh-CN.json");
}

#[test]
fn an_empty_sentence_is_named() {
    let error = generate(r#"{"a": "甲"}"#, r#"{"a": " "}"#).unwrap_err();
    assert_eq!(error, "en.json: \"a\" is empty");
}

#[test]
fn a_place_that_one_language_lacks_is_named() {
    let error = generate(r#"{"a": "{n} 天"}"#, r#"{"a": "days"}"#).unwrap_err();
    assert!(error.starts_with("\"a\" has other places"), "{error}");
}

#[test]
fn the_files_of_this_crate_make_a_pair() {
    let result =
        generate(include_str!("../locales/zh-CN.json"), include_str!("../locales/en.json"));
    assert!(result.is_ok(), "{result:?}");
}
