//! An answer as XML: the declaration, no namespace, no blanks between elements.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::value::{Document, Value, decimal};

/// The whole document.
///
/// # Errors
///
/// Never, in memory.
pub(super) fn write(document: &Document) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    element(&mut writer, document.root, &document.value)?;
    Ok(writer.into_inner())
}

fn element(writer: &mut Writer<Vec<u8>>, name: &str, value: &Value) -> io::Result<()> {
    let element = writer.create_element(name);
    match value {
        Value::Null => element.write_empty()?,
        Value::List(_, entries) if entries.is_empty() => element.write_empty()?,
        Value::List(kind, entries) => element.write_inner_content(|writer| {
            entries.iter().try_for_each(|entry| self::element(writer, kind, entry))
        })?,
        Value::Object(fields) => element.write_inner_content(|writer| {
            fields.iter().try_for_each(|(name, value)| self::element(writer, name, value))
        })?,
        Value::Text(text) => element.write_text_content(BytesText::new(text))?,
        Value::Number(number) => element.write_text_content(BytesText::new(&number.to_string()))?,
        Value::Degrees(micro) => element.write_text_content(BytesText::new(&decimal(*micro)))?,
        Value::Bool(truth) => element.write_text_content(BytesText::new(&truth.to_string()))?,
    };
    Ok(())
}
