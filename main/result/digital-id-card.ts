/** The longest text that is taken of a code that was scanned. */
export const longestScanned = 4_096;

/**
 * Whether a text is what the QR code of BankID's digital identity card holds: its content begins with `BANKIDF.`. A scanner types
 * it wherever the cursor is. What follows is for the service that verifies it; nobody can tell by the look of a phone (SWAMID,
 * 2024-06-24).
 */
export function isDigitalIdCard(text: string): boolean {
  return /^\s*bankidf\./i.test(text);
}
