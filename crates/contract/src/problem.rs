//! Errors: RFC 9457 `application/problem+json`.

use serde::{Deserialize, Serialize};

/// The media type of an error body.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// An error body. `code` is part of the contract and has a sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `about:blank`-like identifier: `urn:bilan:problem:<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The code's sentence in the reader's language (`Accept-Language`, or `?lang=`).
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What exactly is wrong, with the value and what to do, in the same language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Stable and machine-readable.
    pub code: Code,
    /// The parameter or field at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// What would have been allowed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
    /// Every field of a form that is at fault, with its own sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldFault>,
    /// Of a conflict in the console: who changed what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale: Option<StaleFacts>,
}

/// What is wrong with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldFault {
    /// The field, as in the body: `text`, `location`, `answers.SMELL`, `photos.1`.
    pub field: String,
    /// What is wrong and what to do, in the reader's language.
    pub message: String,
}

/// What changed since a version was seen. Only replies to signed-in staff carry it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaleFacts {
    /// Display name of the account; empty for the holder of a claim code.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// What, as an action's key.
    pub action: String,
    /// The version now.
    pub version: u64,
}

macro_rules! codes {
    ($($name:ident $key:literal $status:literal $zh:literal $en:literal;)+) => {
        /// Why a request was refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum Code { $(#[doc = $en] #[serde(rename = $key)] $name,)+ }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),+];
            /// The code as written in the body.
            pub const fn key(self) -> &'static str { match self { $(Self::$name => $key),+ } }
            /// The HTTP status it is answered with.
            pub const fn status(self) -> u16 { match self { $(Self::$name => $status),+ } }
            /// The sentence for the reader.
            pub const fn title(self, lang: domain::Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($zh, $en)),+ }
            }
        }
    };
}

codes! {
    BadParameter "bad_parameter" 400 "请求参数不正确。" "A parameter is not valid.";
    BadBody "bad_body" 400 "请求内容无法读取。" "The request body cannot be read.";
    Unauthorised "unauthorised" 401 "需要有效的访问密钥。" "A valid API key is needed.";
    SignInNeeded "sign_in_needed" 401 "请先登录。" "Sign in first.";
    SignInFailed "sign_in_failed" 401 "用户名、密码或动态码不正确。" "Name, password or code is not right.";
    Locked "locked" 429 "多次登录失败，账户暂时锁定，请稍后再试。" "Too many failed attempts; the account is locked for a while.";
    NotPermitted "not_permitted" 403 "当前不能执行此操作。" "This may not be done now.";
    BadForm "bad_form" 422 "有几处需要修改，已填内容均已保留。" "Some fields need a change. Nothing you entered is lost.";
    OtherReport "other_report" 409 "该编号下已有另一份举报。" "Another report is already kept under this id.";
    UnknownCode "unknown_code" 404 "没有与此查询码对应的举报。请核对后再试。" "No report belongs to this code. Check it and try again.";
    PhotoRefused "photo_refused" 422 "这张照片不能使用。" "This photo cannot be used.";
    FormClosed "form_closed" 503 "举报功能尚未开放。" "Reports are not taken here yet.";
    Forbidden "forbidden" 403 "该密钥无权执行此操作。" "This key may not do that.";
    NotFound "not_found" 404 "没有找到所请求的内容。" "Nothing is found under this address.";
    MethodNotAllowed "method_not_allowed" 405 "该地址不支持此请求方法。" "This address does not answer to this method.";
    Conflict "conflict" 409 "内容已被更改，请刷新后再试。" "This was changed meanwhile. Reload and try again.";
    TooLarge "too_large" 413 "请求内容过大。" "The request is too large.";
    UnsupportedMedia "unsupported_media" 415 "不支持的内容类型。" "This media type is not supported.";
    TooManyRequests "too_many_requests" 429 "请求过于频繁，请稍后再试。" "Too many requests. Try again later.";
    Internal "internal" 500 "服务器内部错误，请稍后再试。" "Something went wrong on our side. Try again later.";
    Unavailable "unavailable" 503 "服务暂时不可用，已有数据仍可查看。" "Temporarily unavailable. Data already stored can still be read.";
    StorageFull "storage_full" 507 "存储空间已满，暂时不能接收数据。" "Storage is full; nothing can be accepted for now.";
}
