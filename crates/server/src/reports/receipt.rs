//! Filing receipts: that a report was received, when, and with which content, signed so that anyone can check it without
//! asking, and so that nobody learns the content from it.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contract::report::{ReceiptKey, SignedReceipt};
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::challenge::hex;
use crate::keys::Keys;

/// The first line of every receipt; another format gets another.
const FORMAT: &str = "bilan-receipt-1";

/// What a receipt states.
#[derive(Debug, Clone, Copy)]
pub struct Filed<'a> {
    /// The tracking number, as it is shown.
    pub public_id: &'a str,
    /// When the report was received.
    pub received: Timestamp,
    /// SHA-256 of the canonical content.
    pub content: [u8; 32],
    /// Key of the category.
    pub category: &'a str,
}

/// Signs receipts, and says with which keys.
#[derive(Clone)]
pub struct Receipts {
    signing: SigningKey,
    retired: Vec<VerifyingKey>,
}

impl Receipts {
    /// Signs with the key in use; earlier ones stay published.
    pub fn new(keys: &Keys) -> Self {
        Self { signing: keys.receipt.clone(), retired: keys.retired.clone() }
    }

    /// The signed receipt of a report.
    pub fn sign(&self, filed: &Filed<'_>) -> SignedReceipt {
        let text = format!(
            "{FORMAT}\n{}\n{}\n{}\n{}\n",
            filed.public_id,
            filed.received,
            hex(&filed.content),
            filed.category
        );
        let signature = self.signing.sign(text.as_bytes());
        SignedReceipt {
            signature: BASE64_URL_SAFE_NO_PAD.encode(signature.to_bytes()),
            key_id: key_id(&self.signing.verifying_key()),
            text,
        }
    }

    /// The public keys, the one in use first.
    pub fn keys(&self) -> Vec<ReceiptKey> {
        let current = self.signing.verifying_key();
        let earlier = self.retired.iter().filter(|key| **key != current);
        std::iter::once(&current).chain(earlier).map(published).collect()
    }
}

fn published(key: &VerifyingKey) -> ReceiptKey {
    ReceiptKey { key_id: key_id(key), public_key: BASE64_URL_SAFE_NO_PAD.encode(key.as_bytes()) }
}

/// The first 64 bits of the key's SHA-256.
fn key_id(key: &VerifyingKey) -> String {
    hex(&Sha256::digest(key.as_bytes())[..8])
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signature, Verifier};

    use super::*;
    use crate::keys::{self, Key};

    fn receipts() -> (Receipts, VerifyingKey) {
        let old = SigningKey::from_bytes(&[7; 32]).verifying_key();
        let key = || Key::random().unwrap();
        let receipt = SigningKey::from_bytes(&keys::random().unwrap());
        let keys = Keys { receipt, retired: vec![old], pepper: key(), session: key() };
        (Receipts::new(&keys), old)
    }

    fn filed() -> Filed<'static> {
        Filed {
            public_id: "R7K3M-9QXD",
            received: "2026-11-27T10:00:00.123456Z".parse().unwrap(),
            content: [0xab; 32],
            category: "air_odour",
        }
    }

    /// What a stranger does with the published key alone.
    fn verifies(signed: &SignedReceipt, keys: &[ReceiptKey]) -> bool {
        let key = keys.iter().find(|key| key.key_id == signed.key_id).unwrap();
        let bytes = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).unwrap();
        let key = VerifyingKey::from_bytes(&bytes(&key.public_key).try_into().unwrap()).unwrap();
        let signature = Signature::from_slice(&bytes(&signed.signature)).unwrap();
        key.verify(signed.text.as_bytes(), &signature).is_ok()
    }

    #[test]
    fn anyone_can_verify_a_receipt_with_the_published_key() {
        let (receipts, _) = receipts();
        let signed = receipts.sign(&filed());
        let digest = "ab".repeat(32);
        let expected = format!(
            "bilan-receipt-1\nR7K3M-9QXD\n2026-11-27T10:00:00.123456Z\n{digest}\nair_odour\n"
        );
        assert_eq!(signed.text, expected);
        assert!(verifies(&signed, &receipts.keys()));
    }

    #[test]
    fn a_receipt_changed_by_one_letter_does_not_verify() {
        let (receipts, _) = receipts();
        let mut signed = receipts.sign(&filed());
        signed.text = signed.text.replace("10:00", "09:00");
        assert!(!verifies(&signed, &receipts.keys()));
    }

    #[test]
    fn keys_of_earlier_years_stay_published_after_the_one_in_use() {
        let (receipts, old) = receipts();
        let keys = receipts.keys();
        assert_eq!(keys.len(), 2);
        assert_eq!(keys[0].key_id, receipts.sign(&filed()).key_id);
        assert_eq!(keys[1].public_key, BASE64_URL_SAFE_NO_PAD.encode(old.as_bytes()));
    }
}
