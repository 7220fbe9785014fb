//! A member of staff who uses the console's interface.

use std::sync::{Arc, Mutex};

use contract::{
    officer::{CSRF_HEADER, Case, NewUser, RewardCase, Session, UserSecret},
    paths,
};
use domain::role::Role;
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use server::officers::{
    accounts::{Credentials, add},
    totp::TotpSecret,
};

use super::{Answer, Portal};

/// The secret in an authenticator's address.
pub(crate) fn totp(uri: &str) -> TotpSecret {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let text = uri.split("secret=").nth(1).unwrap().split('&').next().unwrap();
    let bits: String =
        text.chars().map(|letter| format!("{:05b}", LETTERS.find(letter).unwrap())).collect();
    let byte = |at: usize| u8::from_str_radix(&bits[at * 8..at * 8 + 8], 2).unwrap();
    TotpSecret::from_bytes((0..bits.len() / 8).map(byte).collect())
}

/// An account, and the session it has.
pub(crate) struct Colleague<'a> {
    portal: &'a Portal,
    pub(crate) name: String,
    pub(crate) credentials: Arc<Credentials>,
    cookie: Mutex<String>,
    csrf: Mutex<String>,
}

impl<'a> Colleague<'a> {
    /// An account with these roles, not signed in.
    pub(crate) async fn added(portal: &'a Portal, name: &str, roles: &[Role]) -> Self {
        Self::of(portal, name, roles, None).await
    }

    /// An account of a department.
    pub(crate) async fn of(
        portal: &'a Portal,
        name: &str,
        roles: &[Role],
        department: Option<&str>,
    ) -> Self {
        let credentials = Credentials::random().unwrap();
        let new = NewUser {
            name: name.to_owned(),
            display_name: format!("{name} 同志"),
            department: department.map(str::to_owned),
            roles: roles.to_vec(),
        };
        let vault = portal.app().officers().unwrap().vault();
        let by = (None, portal.now());
        add(portal.store(), vault, &new, &credentials, false, by).await.unwrap();
        let (cookie, csrf) = (Mutex::default(), Mutex::default());
        Self { portal, name: name.to_owned(), credentials: Arc::new(credentials), cookie, csrf }
    }

    /// The same, signed in.
    pub(crate) async fn signed_in(portal: &'a Portal, name: &str, roles: &[Role]) -> Self {
        let colleague = Self::added(portal, name, roles).await;
        colleague.sign_in().await;
        colleague
    }

    /// Whoever received these credentials, with a password of their own and signed in.
    pub(crate) async fn issued(portal: &'a Portal, secret: &UserSecret) -> Self {
        let of = |password: &str| {
            let totp = totp(&secret.totp_uri);
            Arc::new(Credentials { password: password.to_owned(), totp })
        };
        let (cookie, csrf) = (Mutex::default(), Mutex::default());
        let (name, credentials) = (secret.user.name.clone(), of(&secret.password));
        let mut colleague = Self { portal, name, credentials, cookie, csrf };
        colleague.sign_in().await;
        let own = "一百零八棵黄葛树在桃花溪边";
        let change = json!({ "seen_version": secret.user.version, "old_password": secret.password,
            "new_password": own });
        let changed = colleague.patch(&format!("users/{}", colleague.name), change).await;
        assert_eq!(changed.status, 200, "{}", changed.text());
        portal.pass(jiff::SignedDuration::from_secs(30));
        colleague.credentials = of(own);
        colleague.sign_in().await;
        colleague
    }

    /// The same account in a session of its own, as on a second machine.
    pub(crate) async fn again(first: &Self) -> Self {
        let (cookie, csrf) = (Mutex::default(), Mutex::default());
        let credentials = first.credentials.clone();
        let second =
            Self { portal: first.portal, name: first.name.clone(), credentials, cookie, csrf };
        second.sign_in().await;
        second
    }

    /// Signs in with the code of now.
    pub(crate) async fn sign_in(&self) -> Session {
        let answer = self.try_sign_in(&self.credentials.password, &self.code()).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let session: Session = answer.read();
        self.csrf.lock().unwrap().clone_from(&session.csrf);
        session
    }

    /// Tries to.
    pub(crate) async fn try_sign_in(&self, password: &str, totp: &str) -> Answer {
        let body = json!({ "name": self.name, "password": password, "totp": totp });
        self.send(Method::POST, "session", Some(body)).await
    }

    /// What the authenticator shows.
    pub(crate) fn code(&self) -> String {
        self.credentials.totp.code_at(self.portal.now())
    }

    /// The cookie as a browser sends it.
    pub(crate) fn cookie(&self) -> String {
        self.cookie.lock().unwrap().clone()
    }

    /// Puts another one in its place.
    pub(crate) fn set_cookie(&self, cookie: &str) {
        cookie.clone_into(&mut self.cookie.lock().unwrap());
    }

    /// The proof that a change comes from the console's own page.
    pub(crate) fn csrf(&self) -> String {
        self.csrf.lock().unwrap().clone()
    }

    /// Sends a request and keeps the cookie that the answer sets, as a browser does.
    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let path = format!("{}/{path}", paths::CONSOLE);
        let mut request = self.portal.request(method, &path).header("cookie", self.cookie());
        let csrf = self.csrf();
        if !csrf.is_empty() {
            request = request.header(CSRF_HEADER, csrf);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = Answer::of(request.send().await.unwrap()).await;
        if let Some((pair, _)) = answer.header("set-cookie").split_once(';') {
            self.set_cookie(pair);
        }
        answer
    }

    /// Sends a file as a form of a browser does.
    pub(crate) async fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> Answer {
        let head = format!(
            "--part\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--part--\r\n"].concat();
        let request = self
            .portal
            .request(Method::POST, &format!("{}/{path}", paths::CONSOLE))
            .header("cookie", self.cookie())
            .header(CSRF_HEADER, self.csrf())
            .header("content-type", "multipart/form-data; boundary=part")
            .body(body);
        Answer::of(request.send().await.unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, Some(body)).await
    }

    /// The body of an answer that must be a success.
    pub(crate) async fn read<T: DeserializeOwned>(&self, path: &str) -> T {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.read()
    }

    /// The case.
    pub(crate) async fn case(&self, public_id: &str) -> Case {
        self.read(&format!("cases/{public_id}")).await
    }

    /// Tries an action on the case as it is now; `more` are further fields.
    pub(crate) async fn try_act(&self, public_id: &str, action: &str, more: Value) -> Answer {
        let version = self.case(public_id).await.version;
        self.act_on(public_id, version, action, more).await
    }

    /// Tries an action on that version.
    pub(crate) async fn act_on(
        &self,
        public_id: &str,
        version: u64,
        action: &str,
        more: Value,
    ) -> Answer {
        let mut body = json!({ "seen_version": version, "action": action });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.post(&format!("cases/{public_id}/actions"), body).await
    }

    /// Carries an action out that must succeed.
    pub(crate) async fn act(&self, public_id: &str, action: &str, more: Value) -> Case {
        let answer = self.try_act(public_id, action, more).await;
        assert_eq!(answer.status, 200, "{action}: {}", answer.text());
        answer.read()
    }

    /// Tries an action on the case's reward.
    pub(crate) async fn try_reward(&self, public_id: &str, action: &str, more: Value) -> Answer {
        let version = self.case(public_id).await.reward.version;
        let mut body = json!({ "seen_version": version, "action": action });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.post(&format!("rewards/{public_id}/actions"), body).await
    }

    /// Decides on the reward; it must succeed.
    pub(crate) async fn reward(&self, public_id: &str, action: &str, more: Value) -> RewardCase {
        let answer = self.try_reward(public_id, action, more).await;
        assert_eq!(answer.status, 200, "{action}: {}", answer.text());
        answer.read()
    }
}
