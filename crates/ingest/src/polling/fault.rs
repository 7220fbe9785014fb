//! Why a try brought nothing, in words for the public and for the operator.

use domain::Text;
use jiff::SignedDuration;

use super::Outcome;
use crate::{NotStored, Reason, health::shortened};

/// A try that brought nothing usable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) reason: Reason,
    /// For the public.
    pub(crate) text: Text,
    /// For the operator's log.
    pub(crate) detail: String,
    refused: bool,
    retry_after: Option<SignedDuration>,
}

impl Fault {
    fn new(zh: impl Into<String>, en: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            reason: Reason::BadReply,
            text: Text::new(zh, en),
            detail: detail.into(),
            refused: false,
            retry_after: None,
        }
    }

    pub(super) fn outcome(&self) -> Outcome {
        if self.refused {
            Outcome::Refused(self.retry_after)
        } else {
            Outcome::Failed(self.retry_after)
        }
    }

    /// The whole try took too long, or no connection was made.
    pub(super) fn unreachable(cause: &reqwest::Error) -> Self {
        let detail = chain(cause);
        if cause.is_timeout() {
            Self::new("来源在 20 秒内未答复", "the source did not answer within 20 seconds", detail)
        } else if detail.contains("certificate") {
            Self::new(
                "来源服务器的证书无效，已停止读取",
                "the source's certificate is not valid; nothing is read from it",
                detail,
            )
        } else {
            Self::new("无法连接来源服务器", "the source cannot be reached", detail)
        }
    }

    /// An HTTP status other than success.
    pub(super) fn status(code: u16, retry_after: Option<SignedDuration>) -> Self {
        let refused = matches!(code, 401 | 403 | 429);
        let fault = if refused {
            Self::new(
                format!("来源拒绝访问（HTTP {code}），至少 6 小时后再试"),
                format!("the source refuses us (HTTP {code}); no new try within 6 hours"),
                "agree access with the publisher",
            )
        } else {
            Self::new(
                format!("来源服务器出错（HTTP {code}）"),
                format!("the source's server answered HTTP {code}"),
                "",
            )
        };
        Self { refused, retry_after, ..fault }
    }

    /// A page that asks whether we are human.
    pub(super) fn captcha(excerpt: &str) -> Self {
        let fault = Self::new(
            "来源要求人机验证，至少 6 小时后再试",
            "the source asks for a captcha; no new try within 6 hours",
            shortened(excerpt, 200),
        );
        Self { refused: true, ..fault }
    }

    /// More than 4 MiB.
    pub(super) fn too_large() -> Self {
        Self::new("来源返回内容超过 4 MiB", "the source's reply exceeds 4 MiB", "")
    }

    /// Another of our feeds asked the same host just now.
    pub(super) fn host_busy(host: &str) -> Self {
        Self::new(
            "10 分钟内已访问过该来源",
            "the same host was asked within the last 10 minutes",
            format!("two feeds are configured for {host}"),
        )
    }

    /// A web page where data was expected.
    pub(crate) fn html(body: &[u8]) -> Self {
        let excerpt = shortened(&String::from_utf8_lossy(&body[..body.len().min(800)]), 200);
        Self::new("来源返回的是网页而非数据", "the source sent a web page instead of data", excerpt)
    }

    /// Not JSON, or cut off.
    pub(crate) fn not_json(cause: &serde_json::Error) -> Self {
        let (zh, en) = if cause.is_eof() {
            ("来源返回的数据不完整", "the source's reply is cut off")
        } else {
            ("来源返回的数据无法解析", "the source's reply is not valid JSON")
        };
        Self::new(zh, en, cause.to_string())
    }

    /// Columns or keys that are missing, new, or of another unit. `what`, the source's own words
    /// or a library's, is for the operator alone.
    pub(crate) fn changed(what: &str) -> Self {
        let what = shortened(what, 80);
        Self::new(
            "来源的数据格式已变化，暂不采用",
            "the source's format has changed; not used",
            format!("{what}; the reply is kept, the parser needs to be looked at"),
        )
    }

    /// Far fewer rows than lately.
    pub(super) fn shrunk(rows: usize, usual: usize) -> Self {
        Self::new(
            format!("来源只返回了 {rows} 行，平时约 {usual} 行"),
            format!("the source sent only {rows} rows where {usual} are usual"),
            "the reply is kept, not used",
        )
    }

    /// Neither reading of the ozone fields gives the published index.
    pub(crate) fn ozone(plain: usize, swapped: usize, rows: usize) -> Self {
        Self::new(
            "来源的臭氧字段与发布的指数不符，暂不采用",
            "the source's ozone fields do not fit its published index; not used",
            format!("of {rows} rows {plain} fit as named and {swapped} fit swapped"),
        )
    }
}

impl From<NotStored> for Fault {
    fn from(cause: NotStored) -> Self {
        let detail = cause.to_string();
        let fault = Self::new("数据未能入库", "the data could not be stored", detail);
        Self { reason: Reason::NotStored, ..fault }
    }
}

/// An error with its causes, which reqwest does not print by itself.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
