/** `styrk://order/TOKEN`, as a page of the bank opens it (RFC 3986 §3): nothing behind the token. */
const linkForm = /^styrk:\/\/order\/([A-Za-z0-9_.-]{1,65536})\/?$/;

/** The token of a link; null for anything else. */
export function orderInLink(text: string): string | null {
  return linkForm.exec(text)?.[1] ?? null;
}
