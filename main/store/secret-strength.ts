// NIST SP 800-63B-4 §3.1.1.2 asks for 15 characters where nothing else protects, 8 where something does: here the slow scrypt.
export const fewestCharacters = 12;
const fewestDifferent = 5;

/** Whether a passphrase or an operator's secret is too easily guessed to be taken anew. */
export function isWeakSecret(secret: string): boolean {
  const characters = [...secret.normalize('NFKC').trim()];
  return characters.length < fewestCharacters || new Set(characters).size < fewestDifferent;
}
