// What the report form loads when a contact is left: it encrypts in the browser, in the age format (age-encryption.org/v1).
import { armor, Encrypter } from "age-encryption";

globalThis.bilanSeal = async (recipient, text) => {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return armor.encode(await encrypter.encrypt(text));
};
