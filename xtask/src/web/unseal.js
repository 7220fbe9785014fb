// What the console loads when a contact is unsealed: it decrypts in the browser, in the age format (age-encryption.org/v1).
import { armor, Decrypter } from "age-encryption";

globalThis.bilanUnseal = async (sealed, key) => {
  const decrypter = new Decrypter();
  decrypter.addIdentity(key);
  return decrypter.decrypt(armor.decode(sealed), "text");
};
