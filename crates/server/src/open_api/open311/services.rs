//! What can be reported: discovery, services and their definitions.

use domain::report::category::{Category, Question, QuestionKind};

use super::{
    fault::Refusal,
    value::{Document, Value},
};
use crate::app::App;

/// The name of the specification in discovery, as clients compare it.
const SPECIFICATION: &str = "http://wiki.open311.org/GeoReport_v2";

/// Where the interface is, what it speaks, whom to ask.
pub(super) fn discovery(app: &App, endpoint: &str) -> Document {
    let (profile, district) = (&app.profile, &app.profile.reports);
    let changeset = Value::text(&district.open311.changeset);
    let contact = &profile.contact.zh;
    let formats = ["text/xml", "application/json"].map(Value::text).to_vec();
    let kind = if app.demonstration { "test" } else { "production" };
    let endpoint = Value::Object(vec![
        ("specification", Value::text(SPECIFICATION)),
        ("url", Value::text(endpoint)),
        ("changeset", changeset.clone()),
        ("type", Value::text(kind)),
        ("formats", Value::List("format", formats)),
    ]);
    let fields = vec![
        ("changeset", changeset),
        ("contact", Value::text(contact)),
        (
            "key_service",
            Value::text(format!("提交举报的密钥（api_key）由本站发放，请联系：{contact}")),
        ),
        ("endpoints", Value::List("endpoint", vec![endpoint])),
    ];
    Document { root: "discovery", value: Value::Object(fields) }
}

/// Every service, in the order of the form.
pub(super) fn list(app: &App) -> Document {
    let services = app.profile.reports.categories.iter().map(service).collect();
    Document { root: "services", value: Value::List("service", services) }
}

fn service(category: &Category) -> Value {
    Value::Object(vec![
        ("service_code", Value::text(&category.open311)),
        ("service_name", Value::text(&category.name.zh)),
        ("description", Value::text(&category.hint.zh)),
        ("metadata", Value::Bool(!category.questions.is_empty())),
        ("type", Value::text(category.kind.key())),
        ("keywords", Value::text(category.keywords.join(", "))),
        ("group", Value::text(category.group.name(domain::Lang::Zh))),
    ])
}

/// The category of a service.
pub(super) fn of_code<'a>(app: &'a App, code: &str) -> Option<&'a Category> {
    app.profile.reports.categories.iter().find(|category| category.open311 == code)
}

/// What is asked about a report of that service.
///
/// # Errors
///
/// 404 for an unknown code.
pub(super) fn definition(app: &App, code: &str) -> Result<Document, Refusal> {
    let category = of_code(app, code).ok_or_else(|| unknown(code))?;
    let attributes =
        (1..).zip(&category.questions).map(|(order, question)| attribute(order, question));
    let fields = vec![
        ("service_code", Value::text(&category.open311)),
        ("attributes", Value::List("attribute", attributes.collect())),
    ];
    Ok(Document { root: "service_definition", value: Value::Object(fields) })
}

pub(super) fn unknown(code: &str) -> Refusal {
    Refusal::unknown("服务", "service_code", code)
}

fn attribute(order: i64, question: &Question) -> Value {
    let mut fields = vec![
        ("variable", Value::Bool(true)),
        ("code", Value::text(&question.code)),
        ("datatype", Value::text(datatype(question.kind))),
        ("required", Value::Bool(question.required)),
        ("datatype_description", Value::text(hint(question.kind))),
        ("order", Value::Number(order)),
        ("description", Value::text(&question.label.zh)),
    ];
    if question.has_choices() {
        let values = question.choices.iter().map(|choice| {
            Value::Object(vec![
                ("key", Value::text(&choice.key)),
                ("name", Value::text(&choice.label.zh)),
            ])
        });
        fields.push(("values", Value::List("value", values.collect())));
    }
    Value::Object(fields)
}

const fn datatype(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Text => "string",
        QuestionKind::Paragraph => "text",
        QuestionKind::Number => "number",
        QuestionKind::Datetime => "datetime",
        QuestionKind::One => "singlevaluelist",
        QuestionKind::Many => "multivaluelist",
    }
}

/// What to write where the kind alone does not say it.
const fn hint(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Number => "数字，例如 1.5",
        QuestionKind::Datetime => "日期时间，须带时区，例如 2026-01-01T22:30:00+08:00",
        QuestionKind::Text | QuestionKind::Paragraph | QuestionKind::One | QuestionKind::Many => "",
    }
}
