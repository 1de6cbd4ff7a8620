import { type Light, lights, movements } from '../../main/result/film-challenges.ts';
import type { KioskArguments, KioskMethod, KioskState } from '../../preload/kiosk-contract.ts';
import { languageFacts, languages } from '../../resources/texts/languages.ts';
import { amountInWords } from '../desk/order-view.ts';
import type { Words } from '../parts/language.ts';
import { type FaceGuide, lyingIn } from './face-guide.ts';

/*
 * One screen of the kiosk as words: what stands there and what is read aloud are the same value, so that neither says what the other
 * does not.
 */

/** What a choice does. */
export type KioskAct = {
  readonly [M in KioskMethod]: { readonly method: M; readonly args: KioskArguments<M> };
}[KioskMethod];

interface KioskChoice {
  readonly label: string;
  readonly act: KioskAct;
  /** In which language the label is, where it is another than the screen's. */
  readonly language?: Words['language'];
}

/** What people type on a screen; null where they type nothing. */
export type Typing = 'can' | 'fields' | null;

export interface ScreenModel {
  readonly title: string;
  readonly lines: readonly string[];
  /** What went wrong, or has to be waited for. */
  readonly said: string | null;
  /** Numbered from 1, as they are pressed. */
  readonly choices: readonly KioskChoice[];
  readonly typing: Typing;
  /** Where Escape and the button go; null where there is no way back. */
  readonly back: KioskAct | null;
  /** Whether the person may be told to stop and clear. */
  readonly leaves: boolean;
}

const go = (screen: KioskArguments<'go'>[0]): KioskAct => ({ method: 'go', args: [screen] });
const leave: KioskAct = { method: 'leave', args: [] };

/** The screen in the words of its language; `guide` is what whoever stands before the camera is told now. */
export function screenModel(state: KioskState, words: Words, guide: FaceGuide = 'starting'): ScreenModel {
  const { t } = words;
  const plain = { said: saidIn(state, words), choices: [], typing: null, back: null, leaves: true } as const;
  switch (state.screen) {
    case 'out-of-order':
      return {
        ...plain,
        title: t('kiosk/outOfOrder'),
        lines: [
          t('kiosk/outOfOrderHelp'),
          ...(state.code === null ? [] : [t('kiosk/outOfOrderCode', { code: state.code })]),
        ],
        said: null,
        leaves: false,
      };
    case 'attract':
      return {
        ...plain,
        title: t('kiosk/title'),
        lines: [t('kiosk/attract'), t('kiosk/attractKeys')],
        leaves: false,
      };
    case 'language':
      return {
        ...plain,
        title: t('kiosk/language'),
        lines: [],
        choices: languages.map((language) => ({
          label: languageFacts[language].name,
          act: { method: 'chooseLanguage', args: [language] },
          language,
        })),
      };
    case 'purpose':
      return {
        ...plain,
        title: t('kiosk/purpose'),
        lines: [t('kiosk/purposeHelp')],
        choices: state.purposes.map((purpose) => ({
          label: t(`purposes/${purpose}`),
          act: { method: 'choosePurpose', args: [purpose] },
        })),
        back: go('language'),
      };
    case 'way':
      return {
        ...plain,
        title: t('kiosk/way'),
        lines: [...orderIn(state, words), t('kiosk/wayHelp')],
        choices: (['can', 'fields', 'film'] as const).map((way) => ({ label: t(`kiosk/ways/${way}`), act: go(way) })),
        back: go('purpose'),
      };
    case 'film':
      return { ...plain, title: t('kiosk/film'), lines: [t('kiosk/filmSeen/looking')], back: go('way') };
    case 'can':
      return { ...plain, title: t('kiosk/can'), lines: [t('kiosk/canHelp')], typing: 'can', back: go('way') };
    case 'fields':
      return { ...plain, title: t('kiosk/fields'), lines: [], typing: 'fields', back: go('way') };
    case 'lay': {
      const failed = state.said === 'try-again';
      return {
        ...plain,
        title: t(`kiosk/lay/${state.laying.place}`),
        lines: [...orderIn(state, words), t(`kiosk/layHelp/${state.laying.place}`)],
        choices: failed ? [{ label: t('kiosk/tryAgain'), act: { method: 'tryAgain', args: [] } }] : [],
        back: go('way'),
      };
    }
    case 'reading':
      return { ...plain, title: t('kiosk/reading'), lines: [t('kiosk/readingHelp')], said: null };
    case 'face':
      return { ...plain, said: null, ...faceModel(state.face, words, guide) };
    case 'result': {
      const result = state.result ?? 'not-now';
      return {
        ...plain,
        title: t(`kiosk/result/${result}`),
        lines: [
          t(`kiosk/resultHelp/${result}`),
          ...(state.receipt === null || result !== 'colleague' ? [] : [t('kiosk/receipt', { number: state.receipt })]),
        ],
        choices: [{ label: t('kiosk/finish'), act: leave }],
        leaves: false,
      };
    }
    case 'staff':
      return {
        ...plain,
        title: t('kiosk/staff'),
        lines: [t('kiosk/staffHelp')],
        choices: [
          { label: t('kiosk/goOn'), act: { method: 'goOn', args: [] } },
          { label: t('kiosk/notNeeded'), act: { method: 'callStaff', args: [false] } },
        ],
      };
    case 'colleague':
      return { ...plain, title: t('kiosk/colleague'), lines: [], said: null, leaves: false };
  }
}

// The way with a colleague is the first on each of them, and its number the same.
function faceModel(
  face: KioskState['face'],
  { t }: Words,
  guide: FaceGuide,
): Pick<ScreenModel, 'title' | 'lines' | 'choices'> {
  const rather: KioskChoice = { label: t('kiosk/face/staff'), act: { method: 'endFace', args: [] } };
  if (face === null || face.phase === 'asked')
    return {
      title: t('kiosk/face/title'),
      lines: [t('kiosk/face/why'), t('kiosk/face/same')],
      choices: [rather, { label: t('kiosk/face/film'), act: { method: 'beginFace', args: [] } }],
    };
  if (face.phase === 'closing') return { title: t('kiosk/face/closing'), lines: [], choices: [] };
  const onlyStaff = [{ ...rather, label: t('kiosk/goOn') }];
  if (guide === 'stopped') return { title: t('kiosk/face/stopped'), lines: [], choices: onlyStaff };
  if (lightOf(face) !== null) return { title: t('kiosk/face/light'), lines: [], choices: [rather] };
  const movement = movements.find((each) => each === face.asked?.ask);
  if (movement !== undefined) return { title: t(`kiosk/face/ask/${movement}`), lines: [], choices: [rather] };
  if (guide === 'starting' || guide === 'good')
    return { title: t(`kiosk/face/${guide}`), lines: [], choices: [rather] };
  // A camera that stands on its head is turned by no customer.
  const choices = lyingIn(guide) === null ? [rather] : onlyStaff;
  return { title: t(`face/framing/${guide}`), lines: [], choices };
}

/** In which colour the screen lights the face; null where it does not. */
export function lightOf(face: KioskState['face']): Light | null {
  return lights.find((light) => face?.asked?.ask === `light-${light}`) ?? null;
}

function saidIn({ said, wait }: KioskState, { t }: Words): string | null {
  if (said === null) return null;
  const sentence = t(`kiosk/said/${said}`);
  return wait === null ? sentence : `${sentence} ${t('kiosk/waitSeconds', { count: wait })}`;
}

function orderIn({ order }: KioskState, { t, language }: Words): readonly string[] {
  if (order === null) return [];
  const { issuer, text, amount } = order;
  const sum = amount === null ? '' : `, ${amountInWords(language, amount)}`;
  return [`${t('kiosk/order')}: ${text}${sum} (${issuer})`];
}
