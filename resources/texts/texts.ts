import { createInstance, type TFunction } from 'i18next';
import english from './en.json' with { type: 'json' };
import swedish from './sv.json' with { type: 'json' };

export const languages = ['sv', 'en'] as const;
export type Language = (typeof languages)[number];

type Paths<Node> = {
  [Key in keyof Node & string]: Node[Key] extends string ? Key : `${Key}/${Paths<Node[Key]>}`;
}[keyof Node & string];

// Forms for one and for many are asked for by the name they share.
type Counted<Key extends string> = Key extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Key;

/** Every text by its path: `checks/document.expiry/failed`. Check ids hold dots, hence the stroke. */
export type TextKey = Counted<Paths<typeof english>>;

/** One text with its placeholders filled. `count` chooses between the forms for one and for many. */
export type Texts = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

function translator(language: Language): TFunction {
  const instance = createInstance();
  // Loaded from memory, so that the texts are there at once. Plain text: whoever shows it escapes it.
  void instance.init({
    lng: language,
    initAsync: false,
    keySeparator: '/',
    nsSeparator: false,
    resources: { sv: { translation: swedish }, en: { translation: english } },
    interpolation: { escapeValue: false },
    returnEmptyString: false,
  });
  return instance.t;
}

const translators = new Map<Language, TFunction>();

/** The texts of a language. Throws a RangeError for a path that the catalogue does not have. */
export function textsIn(language: Language): Texts {
  const translate = translators.get(language) ?? translator(language);
  translators.set(language, translate);
  return (key, values = {}) => {
    const text: unknown = translate(key, values);
    if (typeof text !== 'string' || text === key) throw new RangeError(`no text for ${key}`);
    return text;
  };
}
