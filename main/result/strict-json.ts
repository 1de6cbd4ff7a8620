/** What was read, or why it is not read. */
export type StrictJson = { readonly value: unknown } | { readonly refused: string };

const deepest = 16;
/** Why a text is refused in which two members of one object have one name. */
export const memberTwice = 'a member twice';

/**
 * JSON of another's making, in UTF-8, read in one way alone: two members of one name, of which each parser would take another
 * (RFC 8259 §4), bytes that are no UTF-8, a byte order mark and what is deeper than 16 are refused. Never throws; the caller
 * bounds the length.
 */
export function readStrictJson(bytes: Uint8Array): StrictJson {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { refused: 'not UTF-8' };
  }
  return readStrictText(text);
}

/** The same of a text that somebody has decoded. */
export function readStrictText(text: string): StrictJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refused: 'not JSON' };
  }
  const refused = oddityOf(text);
  return refused === null ? { value } : { refused };
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

// What is known to be JSON is walked once more by its brackets and names: a name is a string before a colon.
function oddityOf(text: string): string | null {
  const open: (Set<string> | null)[] = [];
  let last = '';
  for (const [found] of text.matchAll(token)) {
    if (found === '{' || found === '[') open.push(found === '{' ? new Set() : null);
    else if (found === '}' || found === ']') open.pop();
    else if (found === ':') {
      const names = open.at(-1);
      const name: string = last.includes('\\') ? JSON.parse(last) : last.slice(1, -1);
      if (names?.has(name) === true) return memberTwice;
      names?.add(name);
    }
    if (open.length > deepest) return 'too deep';
    last = found;
  }
  return null;
}
