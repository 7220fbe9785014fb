//! `index.html`: read for Trunk's directives, written with the names of the build.

use std::{cell::RefCell, fs, path::PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use lol_html::{RewriteStrSettings, comments, element, html_content::ContentType, rewrite_str};

use super::{bundle::Program, emit::Dist, manifest::Role, style::Style};
use crate::{application::Application, workspace::Workspace};

/// What the server fills in as it serves the page; losing one would fail silently.
const PLACEHOLDERS: [&str; 6] = [
    "<base href=\"/",
    "<html lang=\"zh-CN\">",
    "<title>",
    "<meta name=\"description\"",
    "<!--bilan:head-->",
    "<!--bilan:summary-->",
];

/// `index.html` as written, and what its `data-trunk` links ask for.
pub(super) struct Source {
    /// Where it lies; its directives are relative to this.
    pub(super) folder: PathBuf,
    pub(super) html: String,
    /// In the order of the page, which is the order of the cascade.
    pub(super) styles: Vec<StyleLink>,
    pub(super) copies: Vec<Copy>,
}

/// A stylesheet of `style/`.
pub(super) struct StyleLink {
    /// Relative to the page.
    pub(super) path: String,
    /// Marked `data-critical`: needed for the first frame, so it goes into the page itself.
    pub(super) critical: bool,
}

/// A file or folder that goes into the bundle as it is.
pub(super) struct Copy {
    /// Relative to the page.
    pub(super) from: String,
    /// Relative to the application's folder in `dist/`; `.` is that folder itself.
    pub(super) to: String,
}

impl Source {
    pub(super) fn read(workspace: &Workspace, application: &Application) -> Result<Self> {
        let folder = workspace.root.join(application.folder);
        let path = folder.join("index.html");
        let html =
            fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        Self::parse(folder, html)
    }

    fn parse(folder: PathBuf, html: String) -> Result<Self> {
        for placeholder in PLACEHOLDERS {
            ensure!(
                html.contains(placeholder),
                "index.html lacks {placeholder}, which the server fills in"
            );
        }
        let (styles, copies) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
        let directive = element!("link[data-trunk]", |link| {
            let get = |name: &str| link.get_attribute(name).unwrap_or_default();
            match get("rel").as_str() {
                "css" => styles.borrow_mut().push(StyleLink {
                    path: get("href"),
                    critical: link.has_attribute("data-critical"),
                }),
                "copy-dir" | "copy-file" => {
                    copies
                        .borrow_mut()
                        .push(Copy { from: get("href"), to: get("data-target-path") });
                }
                "rust" => {}
                other => {
                    return Err(format!("xtask does not know data-trunk rel=\"{other}\"").into());
                }
            }
            Ok(())
        });
        let settings = RewriteStrSettings::new().append_element_content_handler(directive);
        rewrite_str(&html, settings).map_err(|error| anyhow!("index.html: {error}"))?;
        Ok(Self { folder, html, styles: styles.into_inner(), copies: copies.into_inner() })
    }
}

/// Writes the page that starts `program`, dressed in `style`.
pub(super) fn write(
    name: &str,
    source: &Source,
    program: &Program,
    style: &Style,
    dist: &mut Dist,
) -> Result<()> {
    let start = include_str!("start.js")
        .lines()
        .filter(|line| !line.starts_with("//"))
        .map(str::trim)
        .collect::<Vec<_>>()
        .join("")
        .replace("{wasm_integrity}", &program.wasm.integrity)
        .replace("{wasm}", &program.wasm.path)
        .replace("{script}", &program.script.path)
        .replace("{name}", name);
    // The only way to check a module that is imported later: `modulepreload` would fetch it before the first frame.
    let digests = serde_json::json!({
        "integrity": { format!("./{}", program.script.path): program.script.integrity }
    })
    .to_string();
    let mut head = String::new();
    if !style.inline.is_empty() {
        dist.add_inline(&style.inline);
        head.push_str(&format!("<style>{}</style>", style.inline));
    }
    if let Some(sheet) = &style.sheet {
        head.push_str(&format!(
            r#"<link rel="stylesheet" href="{}" integrity="{}">"#,
            sheet.path, sheet.integrity
        ));
    }
    dist.add_inline(&digests);
    dist.add_inline(&start);
    head.push_str(&format!(r#"<script type="importmap">{digests}</script>"#));
    head.push_str(&format!(r#"<script type="module">{start}</script>"#));
    let html = rewrite(&source.html, &head)?;
    dist.add("index.html", html.as_bytes(), Role::FirstLoad, false)?;
    Ok(())
}

fn rewrite(html: &str, head: &str) -> Result<String> {
    let drop_directives = element!("link[data-trunk]", |link| {
        link.remove();
        Ok(())
    });
    let append_head = element!("head", |element| {
        element.append(head, ContentType::Html);
        Ok(())
    });
    let drop_remarks = comments!("*", |comment| {
        if !comment.text().starts_with("bilan:") {
            comment.remove();
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(drop_directives)
        .append_element_content_handler(append_head)
        .append_element_content_handler(drop_remarks);
    let written = rewrite_str(html, settings).map_err(|error| anyhow!("index.html: {error}"))?;
    let lines = written.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.collect::<Vec<_>>().join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::{Source, rewrite};

    const PAGE: &str = r#"<!doctype html>
<html lang="zh-CN">
  <head>
    <!-- a remark for who reads the source -->
    <base href="/">
    <title>T</title>
    <meta name="description" content="D">
    <!--bilan:head-->
    <link data-trunk rel="css" href="style/00.css" data-critical>
    <link data-trunk rel="css" href="style/10.css">
    <link data-trunk rel="copy-dir" href="public" data-target-path=".">
    <link data-trunk rel="rust">
  </head>
  <body><!--bilan:summary--></body>
</html>
"#;

    #[test]
    fn the_directives_are_read_in_order() {
        let source = Source::parse("".into(), PAGE.to_owned()).expect("a valid page");
        let styles: Vec<_> = source.styles.iter().map(|s| (s.path.as_str(), s.critical)).collect();
        assert_eq!(styles, [("style/00.css", true), ("style/10.css", false)]);
        assert_eq!(source.copies[0].from, "public");
    }

    #[test]
    fn the_written_page_keeps_the_placeholders_and_nothing_of_trunk() {
        let written = rewrite(PAGE, "<style>a{}</style>").expect("a valid page");
        assert!(written.contains("<style>a{}</style></head>"), "{written}");
        assert!(written.contains("<!--bilan:head-->") && written.contains("<!--bilan:summary-->"));
        assert!(!written.contains("data-trunk") && !written.contains("remark"), "{written}");
    }

    #[test]
    fn a_page_without_a_placeholder_is_refused_by_its_name() {
        let refusal = Source::parse("".into(), PAGE.replace("<!--bilan:summary-->", ""))
            .err()
            .expect("refused");
        assert!(refusal.to_string().contains("<!--bilan:summary-->"), "{refusal}");
    }

    #[test]
    fn an_unknown_directive_is_refused() {
        let page = PAGE.replace("rel=\"rust\"", "rel=\"scss\"");
        let refusal = Source::parse("".into(), page).err().expect("refused");
        assert!(refusal.to_string().contains("scss"), "{refusal}");
    }
}
