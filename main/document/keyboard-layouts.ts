/** Layouts of keyboards that wedges are set to and computers have. */
type KeyboardLayout = 'US' | 'SE' | 'DE' | 'FR';

/** What the same keys give, plain and with Shift; one row of keys after the other. */
interface Keys {
  readonly plain: string;
  readonly shifted: string;
}

/*
 * The keys of Windows' layouts KBDUS, KBDSW, KBDGR and KBDFR on a keyboard with the key beside the left Shift: the digits 1 to 0, ten
 * keys of each row of letters from the left, the key beside Shift first in the last; then the key behind the 0. A scanner that types
 * "sends" keys of the layout that it is set to; the computer makes characters of them by its own.
 */
const layouts: Readonly<Record<KeyboardLayout, Keys>> = {
  US: {
    plain: '1234567890qwertyuiopasdfghjkl;\\zxcvbnm,./-',
    shifted: '!@#$%^&*()QWERTYUIOPASDFGHJKL:|ZXCVBNM<>?_',
  },
  SE: {
    plain: '1234567890qwertyuiopasdfghjklö<zxcvbnm,.-+',
    shifted: '!"#¤%&/()=QWERTYUIOPASDFGHJKLÖ>ZXCVBNM;:_?',
  },
  DE: {
    plain: '1234567890qwertzuiopasdfghjklö<yxcvbnm,.-ß',
    shifted: '!"§$%&/()=QWERTZUIOPASDFGHJKLÖ>YXCVBNM;:_?',
  },
  FR: {
    plain: '&é"\'(-è_çàazertyuiopqsdfghjklm<wxcvbn,;:!)',
    shifted: '1234567890AZERTYUIOPQSDFGHJKLM>WXCVBN?./§°',
  },
};

/** What was scanned: a line of a machine readable zone, or a token (RFC 7515 §7.1: base64url in three parts). */
type Scanned = 'zone' | 'token';

const alphabets: Readonly<Record<Scanned, RegExp>> = { zone: /[A-Za-z0-9<]/, token: /[A-Za-z0-9._-]/ };

/**
 * From what a computer of the layout `host` made of a scanner's keys to what the scanner meant that is set to `wedge`, for the
 * characters of what was scanned. With Caps Lock the level of a key is the other one: where the same level means nothing of
 * a zone, the other is taken. Not so in a token, whose letters are other ones in the other case.
 */
function meantBy(wedge: KeyboardLayout, host: KeyboardLayout, scanned: Scanned): ReadonlyMap<string, string> {
  const [from, to] = [layouts[host], layouts[wedge]];
  const meant = new Map<string, string>();
  const levels = [
    [from.plain, to.plain, to.shifted],
    [from.shifted, to.shifted, to.plain],
  ] as const;
  for (const [typed, same, other] of levels) {
    for (const [position, character] of [...typed].entries()) {
      const signs = scanned === 'zone' ? [same.charAt(position), other.charAt(position)] : [same.charAt(position)];
      const sign = signs.find((each) => alphabets[scanned].test(each));
      if (sign !== undefined && !meant.has(character)) meant.set(character, sign);
    }
  }
  return meant;
}

const keyboards: readonly KeyboardLayout[] = ['SE', 'US', 'DE', 'FR'];

/** Every way in which a computer of one layout may have misread a scanner of another, the likely first. */
export function misreadings(scanned: Scanned): readonly ReadonlyMap<string, string>[] {
  // A computer in Sweden first, with a scanner as it comes out of its box.
  return keyboards.flatMap((host) =>
    (['US', 'SE', 'DE', 'FR'] as const).filter((wedge) => wedge !== host).map((wedge) => meantBy(wedge, host, scanned)),
  );
}

/** What was typed as that reading of it means it; what means nothing stays as it is. */
export function reread(text: string, meant: ReadonlyMap<string, string>): string {
  return [...text].map((character) => meant.get(character) ?? character).join('');
}
