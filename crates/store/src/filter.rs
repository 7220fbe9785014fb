//! Conditions of a query that are only there when something is asked for.

use rusqlite::ToSql;

/// Conditions that must all hold, and the values for their question marks, in order.
#[derive(Default)]
pub(crate) struct Filter {
    clauses: Vec<String>,
    values: Vec<Box<dyn ToSql + Send>>,
}

impl Filter {
    /// A condition without a value.
    pub(crate) fn bare(&mut self, clause: &str) {
        self.clauses.push(clause.to_owned());
    }

    /// A condition with one question mark.
    pub(crate) fn with(&mut self, clause: &str, value: impl ToSql + Send + 'static) {
        self.clauses.push(clause.to_owned());
        self.values.push(Box::new(value));
    }

    /// The same, if there is a value.
    pub(crate) fn with_some(&mut self, clause: &str, value: Option<impl ToSql + Send + 'static>) {
        if let Some(value) = value {
            self.with(clause, value);
        }
    }

    /// A condition with two question marks.
    pub(crate) fn with_two(
        &mut self,
        clause: &str,
        first: impl ToSql + Send + 'static,
        second: impl ToSql + Send + 'static,
    ) {
        self.with(clause, first);
        self.values.push(Box::new(second));
    }

    /// The expression is one of the words; no words: anything.
    pub(crate) fn one_of<W: AsRef<str>>(
        &mut self,
        expression: &str,
        words: impl IntoIterator<Item = W>,
    ) {
        let mut words: Vec<_> = words.into_iter().map(|word| word.as_ref().to_owned()).collect();
        match words.len() {
            0 => {}
            1 => self.with(&format!("{expression} = ?"), words.remove(0)),
            _ => {
                let clause = format!("{expression} in (select value from json_each(?))");
                self.with(&clause, serde_json::Value::from(words).to_string());
            }
        }
    }

    /// One of the columns contains `text`; letters of ASCII in either case.
    pub(crate) fn containing(&mut self, columns: &[&str], text: &str) {
        let mut pattern = "%".to_owned();
        for character in text.chars() {
            if matches!(character, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(character);
        }
        pattern.push('%');
        let any: Vec<_> =
            columns.iter().map(|column| format!("{column} like ? escape '\\'")).collect();
        self.clauses.push(format!("({})", any.join(" or ")));
        for _ in columns {
            self.values.push(Box::new(pattern.clone()));
        }
    }

    /// One of several conditions, each with its values; no conditions: anything.
    pub(crate) fn any_of<V: ToSql + Send + 'static>(&mut self, clause: &str, rows: Vec<Vec<V>>) {
        if rows.is_empty() {
            return;
        }
        self.clauses.push(format!("({})", vec![clause; rows.len()].join(" or ")));
        for value in rows.into_iter().flatten() {
            self.values.push(Box::new(value));
        }
    }

    /// `where …`, or nothing.
    pub(crate) fn sql(&self) -> String {
        if self.clauses.is_empty() {
            return String::new();
        }
        format!("where {}", self.clauses.join(" and "))
    }

    /// The values for the question marks.
    pub(crate) fn values(&self) -> impl Iterator<Item = &dyn ToSql> {
        self.values.iter().map(|value| -> &dyn ToSql { &**value })
    }
}
