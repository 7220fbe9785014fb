//! Rust as a reader of words needs it: what is comment, what is code, what is quoted.

/// One quoted text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    /// Where it begins, from 1.
    pub(crate) line: usize,
    /// Where its quotes are in the code, the closing one included.
    pub(crate) span: std::ops::Range<usize>,
    /// Its text with every run of white space, escaped or not, as one blank.
    pub(crate) text: String,
}

/// A source file taken apart.
pub(crate) struct Lexed {
    /// The file with blanks for comments; bytes and lines keep their places.
    pub(crate) code: String,
    /// In the order of the file.
    pub(crate) literals: Vec<Literal>,
}

pub(crate) fn lex(text: &str) -> Lexed {
    let mut reader = Reader { text, at: 0, code: text.as_bytes().to_vec(), literals: Vec::new() };
    while reader.at < text.len() {
        reader.step();
    }
    // Whole comments were replaced, so what is left is still UTF-8.
    let code = String::from_utf8(reader.code).expect("comments end where characters do");
    Lexed { code, literals: reader.literals }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    code: Vec<u8>,
    literals: Vec<Literal>,
}

impl Reader<'_> {
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        if rest.starts_with("//") {
            self.blank(rest.find('\n').unwrap_or(rest.len()));
        } else if rest.starts_with("/*") {
            self.blank(block_comment(rest));
        } else if let Some((opening, hashes)) = raw_opening(rest).filter(|_| !self.inside_a_word())
        {
            let closing = format!("\"{}", "#".repeat(hashes));
            let inside = rest[opening..].find(&closing).unwrap_or(rest.len() - opening);
            self.quoted(opening, inside, closing.len(), false);
        } else if let Some(inside) = rest.strip_prefix('"') {
            self.quoted(1, quoted(inside), 1, true);
        } else if rest.starts_with('\'') {
            self.at += character(rest);
        } else {
            self.at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }

    fn inside_a_word(&self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    fn blank(&mut self, length: usize) {
        for byte in &mut self.code[self.at..self.at + length] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        self.at += length;
    }

    fn quoted(&mut self, opening: usize, inside: usize, closing: usize, escapes: bool) {
        let begin = self.at;
        let text = &self.text[begin + opening..begin + opening + inside];
        let text = if escapes { unescaped(text) } else { text.to_owned() };
        self.at = (begin + opening + inside + closing).min(self.text.len());
        self.literals.push(Literal {
            line: self.text[..begin].matches('\n').count() + 1,
            span: begin..self.at,
            text: joined(&text),
        });
    }
}

/// How long the opening of a raw text is, and how many `#` it has.
fn raw_opening(rest: &str) -> Option<(usize, usize)> {
    let prefix = ["r", "br", "cr"].into_iter().find(|prefix| {
        rest.strip_prefix(prefix).is_some_and(|after| after.starts_with(['"', '#']))
    })?;
    let hashes = rest[prefix.len()..].bytes().take_while(|byte| *byte == b'#').count();
    let opening = prefix.len() + hashes;
    // `r#name` is a name.
    rest[opening..].starts_with('"').then_some((opening + 1, hashes))
}

/// How long the text before the closing quote is.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    rest.len()
}

/// How long `'a'` is; of a lifetime, only its mark.
fn character(rest: &str) -> usize {
    let mut inside = rest[1..].chars();
    match (inside.next(), inside.next()) {
        (Some('\\'), Some(escaped)) => {
            let from = 2 + escaped.len_utf8();
            rest[from..].find('\'').map_or(rest.len(), |end| from + end + 1)
        }
        (Some(one), Some('\'')) => 2 + one.len_utf8(),
        _ => 1,
    }
}

/// Comments of this kind nest.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// Quotes as they are meant; every other escape stands for a blank, which is all that the checks need.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next() {
                Some(quote @ ('"' | '\'' | '\\')) => out.push(quote),
                _ => out.push(' '),
            },
            c => out.push(c),
        }
    }
    out
}

pub(crate) fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn comments_are_blanked_where_they_are_comments() {
    let lexed = lex("let a = \"http://x\"; // why 中\n/* 1 /* 2 */ \"no\" */ let b = '\"';\n");
    let lines: Vec<_> = lexed.code.lines().map(str::trim).collect();
    assert_eq!(lines, ["let a = \"http://x\";", "let b = '\"';"]);
    let texts: Vec<_> = lexed.literals.iter().map(|literal| literal.text.as_str()).collect();
    assert_eq!(texts, ["http://x"]);
}

#[test]
fn quoted_texts_are_found_over_lines_and_in_raw_form() {
    let source =
        "f(\"a \\\"b\\\" \\\n   c\");\ng::<'a>(r#\"select\n  \"x\" // 1\"#, b\"d\", br\"e\");\n";
    let found: Vec<_> =
        lex(source).literals.into_iter().map(|literal| (literal.line, literal.text)).collect();
    let expected = [(1, "a \"b\" c"), (3, "select \"x\" // 1"), (4, "d"), (4, "e")];
    assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
}

#[test]
fn raw_names_and_unfinished_texts_end_no_reading() {
    assert!(lex("let r#type = 1; let bar = 'x'; fn a<'b>() {}").literals.is_empty());
    assert_eq!(lex("let a = \"中").literals.len(), 1);
    assert_eq!(lex("let a = r#\"中").literals.len(), 1);
    assert!(lex("/* 中 /*").code.trim().is_empty());
}
