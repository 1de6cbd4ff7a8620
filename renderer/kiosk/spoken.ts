import type { KioskState } from '../../preload/kiosk-contract.ts';
import type { Language } from '../../resources/texts/languages.ts';
import type { Words } from '../parts/language.ts';
import type { ScreenModel } from './screen-model.ts';

/** One sentence that is read aloud, and in which language. */
export interface SpokenSentence {
  readonly language: Language;
  readonly text: string;
}

/**
 * A screen as somebody hears it who sees nothing: all that stands there, and after each thing that can be done the key that does it. A
 * language is offered in itself.
 */
export function spokenScreen(
  state: KioskState,
  model: ScreenModel,
  words: Words,
  wordsOf: (language: Language) => Words,
): readonly SpokenSentence[] {
  const own = (text: string): SpokenSentence => ({ language: words.language, text });
  const { t } = words;
  if (state.time !== null) return [own(`${t('kiosk/time')} ${t('kiosk/timeLeft', { count: state.time.left })}`)];
  const typed =
    model.typing === 'can'
      ? [t('kiosk/spoken/type', { what: t('kiosk/canField') })]
      : model.typing === 'fields'
        ? (['documentNumber', 'birthDate', 'expiryDate'] as const).map((field) =>
            t('kiosk/spoken/type', { what: t(`kiosk/fieldNames/${field}`) }),
          )
        : [];
  const choices = model.choices.map(({ label, language }, place): SpokenSentence => {
    const its = language === undefined ? words : wordsOf(language);
    return { language: its.language, text: its.t('kiosk/spoken/press', { key: place + 1, what: label }) };
  });
  const helped =
    state.screen === 'colleague' || state.screen === 'out-of-order'
      ? []
      : model.typing === null
        ? [t('kiosk/spoken/call'), t('kiosk/spoken/again')]
        : [t('kiosk/spoken/callTyping')];
  return [
    ...[model.said, model.title, ...model.lines].filter((each) => each !== null).map((each) => own(ended(each))),
    ...typed.map(own),
    ...choices,
    ...helped.map(own),
  ];
}

// A voice falls at the end of a sentence.
function ended(text: string): string {
  return /[.?!:]$/.test(text) ? text : `${text}.`;
}
