//! What of the published reports is shown: the same in the address of the page and in the request.

use contract::paths;
use ui::Query;

/// The filters by their names; empty where not chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filter {
    pub(super) category: String,
    pub(super) status: String,
    pub(super) from: String,
    pub(super) to: String,
    /// From 1.
    pub(super) page: u32,
}

impl Filter {
    /// As the page's address has them.
    pub(super) fn of(query: &Query) -> Self {
        let text = |name: &str| query.get(name).unwrap_or_default().to_owned();
        let page = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
        Self {
            category: text("category"),
            status: text("status"),
            from: text("from"),
            to: text("to"),
            page: u32::max(page, 1),
        }
    }

    /// The request.
    pub(super) fn path(&self) -> String {
        format!("{}{}", paths::REPORTS, self.query(true))
    }

    /// The same reports in another form.
    pub(super) fn download(&self, path: &str) -> String {
        format!("{path}{}", self.query(false))
    }

    fn query(&self, with_page: bool) -> String {
        let page = self.page.to_string();
        let page = if with_page && self.page > 1 { page.as_str() } else { "" };
        let parts = [
            ("category", self.category.as_str()),
            ("status", &self.status),
            ("from", &self.from),
            ("to", &self.to),
            ("page", page),
        ];
        let chosen = parts.into_iter().filter(|(_, value)| !value.is_empty());
        chosen.collect::<Query>().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_page_is_the_request() {
        let filter =
            Filter::of(&Query::parse("?lang=en&category=air_odour&from=2026-11-01&page=2"));
        assert_eq!(filter.path(), "api/v1/reports?category=air_odour&from=2026-11-01&page=2");
        assert_eq!(
            filter.download(paths::REPORTS_CSV),
            "api/v1/reports.csv?category=air_odour&from=2026-11-01"
        );
    }

    #[test]
    fn a_page_that_is_none_is_the_first() {
        for page in ["", "?page=0", "?page=x", "?page=-1"] {
            assert_eq!(Filter::of(&Query::parse(page)).path(), "api/v1/reports");
        }
    }
}
