import { type KioskBridge, type KioskScreen, type KioskState, kioskScreens } from '../../preload/kiosk-contract.ts';

const attract: KioskState = {
  revision: 1,
  screen: 'attract',
  visit: 0,
  language: 'sv',
  training: true,
  standIn: false,
  purposes: ['renew-bankid', 'replace-device'],
  purpose: null,
  order: null,
  laying: { kind: 'unknown', place: 'unknown' },
  part: 0,
  said: null,
  wait: null,
  face: null,
  result: null,
  receipt: null,
  called: false,
  time: null,
  speech: false,
  lower: false,
  contrast: false,
  signIn: true,
  code: null,
  specimens: [],
  specimen: null,
};
const at = (screen: KioskScreen, more: Partial<KioskState> = {}): KioskState => ({ ...attract, screen, ...more });
const order: KioskState['order'] = {
  issuer: 'Exempelbanken',
  text: 'Nytt BankID till Åsa Öberg',
  amount: { value: '1250.00', currency: 'SEK' },
};

/** Every screen of the kiosk, and what may stand on it besides. */
export const kioskStates = {
  'kiosk-attract': at('attract', { specimens: [{ id: 'se-passport', title: 'Swedish passport' }] }),
  'kiosk-language': at('language'),
  'kiosk-purpose': at('purpose'),
  'kiosk-way': at('way', { order }),
  'kiosk-key-wrong': at('way', { said: 'key-wrong' }),
  'kiosk-film': at('film'),
  'kiosk-can': at('can', { said: 'number-wrong' }),
  'kiosk-fields': at('fields'),
  'kiosk-lay': at('lay', { laying: { kind: 'passport', place: 'data-page' } }),
  'kiosk-lay-cover': at('lay', { laying: { kind: 'passport', place: 'cover' } }),
  'kiosk-lay-card': at('lay', { laying: { kind: 'card', place: 'card' }, said: 'lay-again' }),
  'kiosk-lay-unknown': at('lay', { said: 'try-again' }),
  'kiosk-reading': at('reading', { part: 0.4 }),
  'kiosk-face': at('face', { face: { phase: 'asked', asked: null } }),
  'kiosk-face-framing': at('face', { face: { phase: 'framing', asked: null } }),
  'kiosk-face-turn': at('face', { face: { phase: 'challenge', asked: { number: 1, ask: 'turn-left' } } }),
  'kiosk-face-light': at('face', { face: { phase: 'challenge', asked: { number: 4, ask: 'light-blue' } } }),
  'kiosk-face-lower': at('face', { face: { phase: 'asked', asked: null }, lower: true, contrast: true }),
  'kiosk-face-closing': at('face', { face: { phase: 'closing', asked: null } }),
  'kiosk-colleague-finishes': at('result', { result: 'colleague', receipt: '4F7B2C' }),
  'kiosk-expired': at('result', { result: 'document-expired' }),
  'kiosk-staff': at('staff', { called: true, said: 'sign-in-refused' }),
  'kiosk-colleague': at('colleague'),
  'kiosk-out-of-order': at('out-of-order', { code: 'reader.service-stopped' }),
  'kiosk-time': at('way', { time: { total: 30, left: 12 } }),
  'kiosk-lower': at('purpose', { lower: true }),
  'kiosk-contrast': at('purpose', { contrast: true, speech: true }),
} as const satisfies Readonly<Record<string, KioskState>>;

// A screen that nobody looks at is one that nobody has seen.
const unseen = kioskScreens.filter((screen) => !Object.values(kioskStates).some((state) => state.screen === screen));
if (unseen.length > 0) throw new RangeError(`no scene for ${unseen.join(', ')}`);

/** A kiosk's bridge that shows one screen, and takes what is done on it without doing anything. */
export function fakeKioskBridge(state: KioskState): KioskBridge {
  const answers = {
    state,
    'mrz.judgeFilmed': { state: 'no-zone' },
    'case.camera': { named: null },
  } as const;
  return {
    call: (async (method: string) => ({
      ok: true,
      value: method in answers ? answers[method as keyof typeof answers] : null,
    })) as KioskBridge['call'],
    onState: () => () => undefined,
  };
}
