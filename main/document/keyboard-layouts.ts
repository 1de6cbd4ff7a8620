/** Layouts of keyboards that wedges are set to and computers have. */
export type KeyboardLayout = 'US' | 'SE' | 'DE' | 'FR';

/** What the same keys give, plain and with Shift; one row of keys after the other. */
interface Keys {
  readonly plain: string;
  readonly shifted: string;
}

/*
 * The keys of Windows' layouts KBDUS, KBDSW, KBDGR and KBDFR on a keyboard with the key beside the left Shift: the digits 1 to 0, ten
 * keys of each row of letters from the left, the key beside Shift first in the last. A scanner that types "sends" keys of the layout
 * that it is set to; the computer makes characters of them by its own.
 */
const layouts: Readonly<Record<KeyboardLayout, Keys>> = {
  US: {
    plain: '1234567890qwertyuiopasdfghjkl;\\zxcvbnm,./',
    shifted: '!@#$%^&*()QWERTYUIOPASDFGHJKL:|ZXCVBNM<>?',
  },
  SE: {
    plain: '1234567890qwertyuiopasdfghjklö<zxcvbnm,.-',
    shifted: '!"#¤%&/()=QWERTYUIOPASDFGHJKLÖ>ZXCVBNM;:_',
  },
  DE: {
    plain: '1234567890qwertzuiopasdfghjklö<yxcvbnm,.-',
    shifted: '!"§$%&/()=QWERTZUIOPASDFGHJKLÖ>YXCVBNM;:_',
  },
  FR: {
    plain: '&é"\'(-è_çàazertyuiopqsdfghjklm<wxcvbn,;:!',
    shifted: '1234567890AZERTYUIOPQSDFGHJKLM>WXCVBN?./§',
  },
};

const alphabet = /[A-Za-z0-9<]/;

/**
 * From what a computer of the layout `host` made of a scanner's keys to what the scanner meant that is set to `wedge`, for the
 * characters of a machine readable zone. With Caps Lock the level of a key is the other one: where the same level means nothing of
 * a zone, the other is taken.
 */
export function meantBy(wedge: KeyboardLayout, host: KeyboardLayout): ReadonlyMap<string, string> {
  const [from, to] = [layouts[host], layouts[wedge]];
  const meant = new Map<string, string>();
  const levels = [
    [from.plain, to.plain, to.shifted],
    [from.shifted, to.shifted, to.plain],
  ] as const;
  for (const [typed, same, other] of levels) {
    for (const [position, character] of [...typed].entries()) {
      const sign = [same.charAt(position), other.charAt(position)].find((each) => alphabet.test(each));
      if (sign !== undefined && !meant.has(character)) meant.set(character, sign);
    }
  }
  return meant;
}
