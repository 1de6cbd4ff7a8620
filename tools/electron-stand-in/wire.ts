/** Turns values into JSON and back, byte arrays included. */
export interface Wire {
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/**
 * What crosses between Node and the page is text; Electron sends structured clones. Of those the app uses plain values and
 * byte arrays. The function uses nothing around it: its source also runs in the page.
 */
export function createWire(): Wire {
  const tag = '$bytes';
  const toBase64 = (bytes: Uint8Array): string => {
    let binary = '';
    for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(binary);
  };
  return {
    encode: (value) =>
      JSON.stringify({ value }, (_key, part: unknown) =>
        part instanceof Uint8Array ? { [tag]: toBase64(part) } : part,
      ),
    decode: (text) => {
      const revive = (_key: string, part: unknown): unknown => {
        if (typeof part !== 'object' || part === null || !(tag in part) || typeof part[tag] !== 'string') return part;
        return Uint8Array.from(atob(part[tag]), (character) => character.charCodeAt(0));
      };
      const { value } = JSON.parse(text, revive) as { value?: unknown };
      return value;
    },
  };
}
