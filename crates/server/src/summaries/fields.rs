//! Fields of plain forms: a label, perhaps a fault beside it, and what was entered before.

use std::fmt::Write;

use domain::{Lang, Text};

use super::html::escape;

/// A form with what is wrong with it.
pub(crate) struct Fields<'a> {
    /// The language of its words.
    pub(crate) lang: Lang,
    /// Fields at fault, each with its sentence.
    pub(crate) faults: &'a [(String, Text)],
}

impl Fields<'_> {
    /// What is wrong with a field.
    fn fault(&self, name: &str) -> Option<&str> {
        let fault = self.faults.iter().find(|(field, _)| field == name);
        fault.map(|(_, text)| text.get(self.lang))
    }

    /// All faults as a list of links to their fields, first of all to be read; `page` is the page's own address.
    pub(crate) fn summary(&self, page: &str) -> String {
        if self.faults.is_empty() {
            return String::new();
        }
        let mut html = format!(
            "<div role=\"alert\" class=\"faults\"><h2>{}</h2><ul>",
            self.lang.pick(
                "有几处需要修改，已填内容均已保留",
                "Some fields need a change. Nothing you entered is lost"
            )
        );
        for (field, text) in self.faults {
            let _ = write!(
                html,
                "<li><a href=\"{}#{}\">{}</a></li>",
                escape(page),
                id(field),
                escape(text.get(self.lang))
            );
        }
        html + "</ul></div>"
    }

    /// A labelled control: `attributes` are its own, escaped where they hold data.
    pub(crate) fn control(&self, name: &str, label: &str, control: &Control<'_>) -> String {
        let id = id(name);
        let fault = self.fault(name);
        let said =
            fault.map(|text| format!("<p id=\"{id}-fault\"><strong>{}</strong></p>", escape(text)));
        let described = said
            .as_ref()
            .map(|_| format!(" aria-invalid=\"true\" aria-describedby=\"{id}-fault\""))
            .unwrap_or_default();
        let common = format!("id=\"{id}\" name=\"{}\"{described}", escape(name));
        let html = match control {
            Control::Line { value, kind } => {
                format!("<input type=\"{kind}\" {common} value=\"{}\">", escape(value))
            }
            Control::Paragraph { value } => {
                format!("<textarea {common} rows=\"6\">{}</textarea>", escape(value))
            }
            Control::Files => {
                format!(
                    "<input type=\"file\" {common} accept=\"image/jpeg,image/png,image/webp\" multiple>"
                )
            }
            Control::Choice { value, options } => {
                let mut html = format!("<select {common}><option value=\"\"></option>");
                for (key, name) in *options {
                    let chosen = if key == value { " selected" } else { "" };
                    let _ = write!(
                        html,
                        "<option value=\"{}\"{chosen}>{}</option>",
                        escape(key),
                        escape(name)
                    );
                }
                html + "</select>"
            }
        };
        let said = said.unwrap_or_default();
        format!("<p><label for=\"{id}\">{}</label><br>{html}</p>{said}", escape(label))
    }

    /// Boxes to tick, of one name.
    pub(crate) fn boxes(
        &self,
        name: &str,
        label: &str,
        ticked: &[String],
        options: &[(String, String)],
    ) -> String {
        let id = id(name);
        let said = self.fault(name).map(|text| format!("<p><strong>{}</strong></p>", escape(text)));
        let mut html = format!(
            "<fieldset id=\"{id}\" tabindex=\"-1\"><legend>{}</legend>{}",
            escape(label),
            said.unwrap_or_default()
        );
        for (key, option) in options {
            let chosen = if ticked.contains(key) { " checked" } else { "" };
            let _ = write!(
                html,
                "<p><label><input type=\"checkbox\" name=\"{}\" value=\"{}\"{chosen}> {}</label></p>",
                escape(name),
                escape(key),
                escape(option)
            );
        }
        html + "</fieldset>"
    }
}

/// What is filled in.
pub(crate) enum Control<'a> {
    /// One line.
    Line { value: &'a str, kind: &'static str },
    /// Several lines.
    Paragraph { value: &'a str },
    /// Pictures.
    Files,
    /// One of several, by key and name.
    Choice { value: &'a str, options: &'a [(String, String)] },
}

/// A field that is not shown.
pub(crate) fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value))
}

/// The id of the field of that name: `location.address` → `f-location-address`.
fn id(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    format!("f-{}", name.chars().map(plain).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_stands_beside_its_field_and_what_was_entered_stays() {
        let faults = [("text".to_owned(), Text::new("太长", "Too <long>"))];
        let fields = Fields { lang: Lang::En, faults: &faults };
        let html = fields.control("text", "What", &Control::Paragraph { value: "<b>\"kept\"" });
        for part in [
            "aria-invalid=\"true\" aria-describedby=\"f-text-fault\"",
            "&lt;b&gt;&quot;kept&quot;</textarea>",
            "<p id=\"f-text-fault\"><strong>Too &lt;long&gt;</strong></p>",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(fields.summary("report?lang=en").contains("href=\"report?lang=en#f-text\""));
        assert!(!fields.control("other", "x", &Control::Files).contains("aria-invalid"));
    }
}
