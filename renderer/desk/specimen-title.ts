import texts from '../../resources/texts/en.json' with { type: 'json' };
import type { Texts } from '../../resources/texts/texts.ts';

type Named = keyof typeof texts.specimens;

/** A specimen's title in the language of the page; the simulator's own where the texts have none. */
export function specimenTitle({ id, title }: { readonly id: string; readonly title: string }, t: Texts): string {
  return Object.hasOwn(texts.specimens, id) ? t(`specimens/${id as Named}`) : title;
}
