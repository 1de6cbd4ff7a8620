import { createInstance } from 'i18next';
import type english from './en.json';
import type { Language } from './languages.ts';

/** What every language has: the paths of the English texts. */
export type Catalogue = typeof english;

type Paths<Node> = {
  [Key in keyof Node & string]: Node[Key] extends string ? Key : `${Key}/${Paths<Node[Key]>}`;
}[keyof Node & string];

// Forms for one and for many are asked for by the name they share.
type Counted<Key extends string> = Key extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Key;

/** Every text by its path: `checks/document.expiry/failed`. Check ids hold dots, hence the stroke. */
export type TextKey = Counted<Paths<Catalogue>>;

/** One text with its placeholders filled. `count` chooses between the forms for one and for many. */
export type Texts = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

/** The texts of a catalogue. What comes back throws a RangeError for a path that the catalogue does not have. */
export function textsOf(language: Language, catalogue: Catalogue): Texts {
  const instance = createInstance();
  // Loaded from memory, so that the texts are there at once. Plain text: whoever shows it escapes it.
  void instance.init({
    lng: language,
    initAsync: false,
    keySeparator: '/',
    nsSeparator: false,
    resources: { [language]: { translation: catalogue } },
    interpolation: { escapeValue: false },
    returnEmptyString: false,
  });
  const { t: translate } = instance;
  return (key, values = {}) => {
    const text: unknown = translate(key, values);
    if (typeof text !== 'string' || text === key) throw new RangeError(`no text for ${key}`);
    return text;
  };
}
