import type { Page } from 'playwright-core';
import { trainingRoster } from '../../main/simulator/documents/people.ts';
import type { Specimen } from '../../main/simulator/documents/specimen.ts';

/** The person of the roster to whom a specimen was issued. */
export function personOf({ holder }: Specimen) {
  const person = trainingRoster().find(({ id }) => id === holder);
  if (person === undefined) throw new Error(`nobody holds ${holder}`);
  return person;
}

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
export const question = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

/** From the empty desk to the question for the document's key. */
export async function openCaseFor(page: Page, specimen: Specimen): Promise<void> {
  const person = personOf(specimen);
  await button(page, /Renew BankID/).click();
  await page.getByLabel('Personal number, name or customer number').fill(person.personalNumber);
  await button(page, 'Search').click();
  await button(page, new RegExp(person.surname)).click();
  await question(page, 'What does it say at the bottom of the photo page?').waitFor();
}

export async function typeMrz(page: Page, specimen: Specimen): Promise<void> {
  await page.getByLabel('Lines at the bottom of the photo page').fill(specimen.mrz.join('\n'));
  await button(page, 'Go on').click();
}

/** From the empty desk over a chip that is read to the question of the faces; answers what was laid. */
export async function toFaces<Laid>(
  {
    app: { page },
    lay,
  }: { readonly app: { readonly page: Page }; readonly lay: (specimen: Specimen) => Promise<Laid> },
  specimen: Specimen,
): Promise<Laid> {
  await openCaseFor(page, specimen);
  await typeMrz(page, specimen);
  const laid = await lay(specimen);
  await question(page, 'The chip is read.').waitFor();
  await button(page, /Compare faces/).click();
  return laid;
}

/** Staff find the faces the same, and come to the decision. */
export async function sameFace(page: Page): Promise<void> {
  await button(page, /Compare faces/).click();
  await page.getByRole('radio', { name: 'Same person' }).check();
  await button(page, 'Save answer').click();
}

/** The number of the record on the last screen of a case. */
export async function sealedRecord(page: Page): Promise<string> {
  return (await page.getByTestId('record-id').textContent()) ?? '';
}

/** As a scanner types where no field has the focus: all its keys within a moment, which a busy machine's input is not. */
export async function swipe(page: Page, lines: readonly string[]): Promise<void> {
  await page.evaluate(
    (keys) => {
      for (const key of keys) {
        const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
        document.activeElement?.dispatchEvent(event);
      }
    },
    lines.flatMap((line) => [...line, 'Enter']),
  );
}
