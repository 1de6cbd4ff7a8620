import type { Page } from 'playwright-core';
import { countryOf } from '../../main/trust/country-codes.ts';
import { type Language, languages } from '../../resources/texts/languages.ts';
import { type TextKey, textsIn } from '../../resources/texts/texts.ts';
import type { SceneName } from './scenes.ts';

// What a scene needs done before its picture is taken; `name` is the picture's, where a scene has more than one.
export interface Picture {
  readonly name: string;
  readonly act: (page: Page) => Promise<unknown>;
}

type Values = (language: Language) => Readonly<Record<string, string>>;

/** A text in whichever language the page is, one or many of what it counts. */
function inAny(key: TextKey, values: Values): string {
  const texts = languages.flatMap((language) =>
    [1, 5].map((count) => textsIn(language)(key, { ...values(language), count })),
  );
  // A name is looked for with each space as any other, the no-break space too.
  const patterns = texts.map((text) =>
    text
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/\d+/g, '\\d+')
      .replace(/\s/g, '\\s'),
  );
  return `(?:${[...new Set(patterns)].join('|')})`;
}

const said = (key: TextKey, values: Values = () => ({})): RegExp => new RegExp(inAny(key, values));
const alone = (key: TextKey): RegExp => new RegExp(`^${inAny(key, () => ({}))}$`);
const sweden: Values = (language) => ({ name: countryOf('SWE')?.[language] ?? '' });

const asItStands = async (): Promise<void> => undefined;

async function inOffice(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: alone('office/title') }).click();
  await page.getByRole('navigation').getByRole('button', { name }).click();
}

/** The receipt as it comes to paper, in the customer's language. */
async function onPaper(page: Page, language: string | null): Promise<void> {
  if (language !== null) await page.getByLabel(said('rail/customerLanguage')).selectOption(language);
  await page.getByRole('button', { name: said('decide/action-go-on') }).click();
  await page.getByRole('button', { name: said('receipt/print') }).click();
  await page.getByTestId('receipt').waitFor({ state: 'attached' });
  await page.emulateMedia({ media: 'print' });
}

const acts: Partial<Record<SceneName, readonly Picture[]>> = {
  read: [
    { name: 'read', act: asItStands },
    {
      name: 'read-evidence',
      act: async (page) => {
        await page.getByTestId('folded-successful').locator('summary').first().click();
        for (const check of ['hashes', 'signature', 'path'])
          await page.getByTestId(`check-passive-authentication.${check}`).locator('summary').click();
        await page.getByTestId('check-passive-authentication.path').scrollIntoViewIfNeeded();
      },
    },
  ],
  'read-forged': [
    { name: 'read-forged', act: asItStands },
    {
      name: 'read-forged-arabic',
      act: async (page) => page.getByLabel(said('rail/customerLanguage')).selectOption('ar'),
    },
  ],
  holder: [
    { name: 'holder', act: asItStands },
    {
      name: 'holder-found',
      act: async (page) => {
        await page.getByRole('textbox').fill('öberg');
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: /Göran/ }).waitFor();
      },
    },
    {
      name: 'holder-none',
      act: async (page) => {
        await page.getByRole('textbox').fill('xyz');
        await page.keyboard.press('Enter');
      },
    },
    {
      name: 'abandon',
      act: (page) => page.getByRole('button', { name: said('rail/abandon') }).click(),
    },
  ],
  key: [
    {
      name: 'key',
      act: (page) => page.getByRole('textbox').fill('P<SWEOEBERG<LINDSTROEM<<AASA<MARIA<<<<<<<<<<\nXA00'),
    },
    {
      name: 'key-wrong',
      act: async (page) => {
        await page.getByRole('button', { name: said('training/fill') }).click();
        await page.keyboard.press('Tab');
        await page.getByRole('button', { name: alone('key/action') }).click();
      },
    },
    { name: 'key-fields', act: (page) => page.getByRole('button', { name: said('key/way-fields') }).click() },
  ],
  'no-chip': [
    {
      name: 'no-chip',
      act: (page) => page.getByRole('radio', { name: said('noChip/choices/driving-licence') }).check(),
    },
  ],
  'order-none': [
    { name: 'order-none', act: asItStands },
    {
      name: 'order-offered',
      act: (page) => page.getByRole('button', { name: said('order/add') }).click(),
    },
    {
      name: 'order-typed',
      act: async (page) => {
        await page.getByRole('button', { name: said('order/add') }).click();
        await page.getByRole('button', { name: said('order/way-typed') }).click();
        await page.getByRole('textbox').first().fill('Exempelbanken');
      },
    },
    {
      name: 'order-code',
      act: async (page) => {
        await page.getByRole('button', { name: said('order/add') }).click();
        await page.getByRole('button', { name: said('order/way-code') }).click();
      },
    },
  ],
  'order-many': [
    {
      name: 'order-many',
      act: (page) => page.getByRole('button', { name: said('order/add') }).click(),
    },
    {
      name: 'order-found',
      act: async (page) => {
        await page.getByRole('button', { name: said('order/add') }).click();
        await page.getByRole('textbox').first().fill('öberg');
        await page.keyboard.press('Enter');
      },
    },
  ],
  face: [
    { name: 'face', act: (page) => page.locator('video').waitFor() },
    {
      name: 'face-overlay',
      act: async (page) => {
        await page.getByRole('button', { name: said('face/freeze') }).click();
        await page.getByRole('combobox', { name: said('face/viewAs') }).selectOption('wipe');
        await page.getByRole('radio').nth(1).check();
      },
    },
  ],
  'face-jpeg2000': [
    {
      name: 'face-jpeg2000',
      act: (page) =>
        page
          .getByRole('img', { name: said('face/portrait/verified') })
          .nth(1)
          .waitFor(),
    },
  ],
  accept: [
    { name: 'accept', act: asItStands },
    {
      name: 'sealed',
      act: (page) => page.getByRole('button', { name: said('decide/action-go-on') }).click(),
    },
  ],
  'answer-code': [
    {
      name: 'answer-code',
      act: async (page) => {
        await page.getByRole('button', { name: said('decide/action-go-on') }).click();
        await page.getByTestId('answer-code').waitFor();
      },
    },
  ],
  'left-behind': [
    {
      name: 'left-behind',
      act: (page) => page.getByRole('button', { name: said('decide/action-go-on') }).click(),
    },
  ],
  'set-up-station': [
    { name: 'set-up-station', act: asItStands },
    {
      name: 'set-up-typed',
      act: async (page) => {
        await page.getByRole('textbox').fill('Kontoret vid Centralstationen i Östersund, disk 14 bredvid kassavalvet');
        await page.getByRole('radio').first().check();
      },
    },
  ],
  'set-up-waits': [
    {
      name: 'set-up-waits',
      act: (page) => page.getByRole('button', { name: alone('app/desk') }).click(),
    },
  ],
  operators: [
    {
      name: 'operators',
      act: async (page) => {
        await inOffice(page, alone('office/pages/operators'));
        await page.getByRole('row').nth(3).waitFor();
      },
    },
    {
      name: 'operator-change',
      act: async (page) => {
        await inOffice(page, alone('office/pages/operators'));
        await page.getByRole('button', { name: /TE$/ }).first().click();
      },
    },
  ],
  'operators-none': [
    {
      name: 'operators-none',
      act: async (page) => {
        await inOffice(page, alone('office/pages/operators'));
      },
    },
  ],
  'confirm-sign-in': [
    { name: 'confirm-sign-in', act: asItStands },
    {
      name: 'confirm-refused',
      act: async (page) => {
        await page.getByRole('textbox').first().fill('AE');
        await page.getByLabel(said('confirm/secret')).fill('something');
        await page.keyboard.press('Enter');
        await page.getByRole('alert').waitFor();
      },
    },
  ],
  reject: [
    {
      name: 'reject',
      act: async (page) => page.getByTestId('check-passive-authentication.hashes').locator('summary').click(),
    },
  ],
  'errand-reasons': [
    {
      name: 'errand-reasons',
      act: async (page) => {
        await page.getByRole('radio').first().check();
        await page.getByRole('combobox').last().selectOption({ index: 1 });
      },
    },
  ],
  trust: [
    {
      name: 'trust',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page
          .getByText(/Kazakhstan|Kazakstan|Kenya/)
          .first()
          .waitFor();
        await page
          .locator('main summary', { hasText: said('trust/added') })
          .first()
          .click();
      },
    },
    {
      name: 'trust-search',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByRole('searchbox').fill('land');
        await page.getByRole('columnheader').nth(1).getByRole('button').click();
      },
    },
    {
      name: 'trust-country',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByRole('button', { name: said('trust/open', sweden) }).click();
        await page.getByRole('img').first().waitFor();
      },
    },
  ],
  'trust-import': [
    {
      name: 'trust-import',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByRole('progressbar').waitFor();
      },
    },
  ],
  'trust-failing': [
    { name: 'trust-failing-desk', act: asItStands },
    {
      name: 'trust-failing',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByRole('list', { name: said('trust/upkeep/refusedFiles') }).waitFor();
      },
    },
    {
      name: 'trust-refused',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByRole('button', { name: said('trust/upkeep/import') }).click();
        await page.getByRole('alert').waitFor();
      },
    },
  ],
  'trust-empty': [
    { name: 'trust-empty-desk', act: asItStands },
    { name: 'trust-empty', act: (page) => page.keyboard.press('F8') },
  ],
  'trust-signer-refused': [
    {
      name: 'trust-signer-refused',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByRole('button', { name: said('trust/signers/look') }).waitFor();
      },
    },
  ],
  'trust-signer': [
    {
      name: 'trust-signer',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByTestId('signing').scrollIntoViewIfNeeded();
      },
    },
  ],
  policies: [
    {
      name: 'policies',
      act: async (page) => {
        await inOffice(page, alone('office/pages/policies'));
        await page.getByRole('table').first().waitFor();
      },
    },
    {
      name: 'policies-compared',
      act: async (page) => {
        await inOffice(page, alone('office/pages/policies'));
        await page.getByLabel(said('policies/which')).selectOption('in-force large-transfer');
        await page.getByLabel(said('policies/beside')).selectOption('chosen large-transfer');
        await page.getByRole('checkbox').check();
        await page.getByTestId('policy-differences').scrollIntoViewIfNeeded();
      },
    },
  ],
  'trust-basis': [
    {
      name: 'trust-basis',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByTestId('limits').locator('summary').click();
        await page.getByTestId('own-key').getByRole('textbox').fill('7f0c 3ad1 e95b 2748');
        await page.getByTestId('authorities').scrollIntoViewIfNeeded();
      },
    },
    {
      name: 'trust-basis-end',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page
          .getByTestId('own-key')
          .getByRole('textbox')
          .fill(`7f0c 3ad1 ${'0'.repeat(56)}`);
        await page.getByTestId('own-key').locator('summary').click();
        await page.getByTestId('own-key').scrollIntoViewIfNeeded();
      },
    },
    {
      name: 'trust-places',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.locator('main summary', { hasText: said('trust/places/change') }).click();
        await page.getByRole('form', { name: said('trust/places/change') }).waitFor();
      },
    },
  ],
  'trust-certificate': [
    {
      name: 'trust-certificate',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByTestId('signing').scrollIntoViewIfNeeded();
      },
    },
  ],
  roster: [
    {
      name: 'roster',
      act: async (page) => {
        await inOffice(page, said('office/pages/roster'));
      },
    },
    {
      name: 'roster-tried',
      act: async (page) => {
        await inOffice(page, said('office/pages/roster'));
        await page.getByRole('button', { name: said('roster/choose') }).click();
        await page.getByRole('checkbox').check();
        await page.getByRole('button', { name: said('roster/try') }).click();
        await page.getByText(said('roster/tried')).waitFor();
      },
    },
  ],
  'roster-refused': [
    {
      name: 'roster-refused',
      act: async (page) => {
        await inOffice(page, said('office/pages/roster'));
        await page.getByRole('button', { name: said('roster/choose') }).click();
        await page.getByRole('button', { name: said('roster/take') }).click();
        await page.getByRole('alert').waitFor();
      },
    },
  ],
  'roster-import': [{ name: 'roster-import', act: (page) => inOffice(page, said('office/pages/roster')) }],
  'records-whole': [
    {
      name: 'records-whole',
      act: async (page) => {
        await page.getByRole('button', { name: said('app/pastCases') }).click();
        await page.getByRole('button', { name: said('records/check') }).click();
        await page.getByText(said('records/intact')).waitFor();
      },
    },
  ],
  receipt: [
    { name: 'receipt', act: (page) => onPaper(page, null) },
    { name: 'receipt-arabic', act: (page) => onPaper(page, 'ar') },
  ],
  figures: [{ name: 'figures', act: (page) => inOffice(page, said('office/pages/figures')) }],
  retention: [
    {
      name: 'retention',
      act: async (page) => {
        await inOffice(page, said('office/pages/retention'));
        await page.getByRole('table').first().waitFor();
      },
    },
  ],
  headquarters: [
    {
      name: 'headquarters',
      act: async (page) => {
        await inOffice(page, said('office/pages/headquarters'));
        await page.getByTestId('headquarters-set').waitFor();
      },
    },
  ],
  'headquarters-none': [
    {
      name: 'headquarters-none',
      act: async (page) => {
        await inOffice(page, said('office/pages/headquarters'));
        await page.getByTestId('headquarters-chosen').scrollIntoViewIfNeeded();
      },
    },
  ],
  'headquarters-failing': [
    {
      name: 'headquarters-failing',
      act: async (page) => {
        await inOffice(page, said('office/pages/headquarters'));
        await page.getByTestId('headquarters-delivery').scrollIntoViewIfNeeded();
      },
    },
  ],
  'stations-none': [
    {
      name: 'stations-none',
      act: async (page) => {
        await inOffice(page, said('office/pages/stations'));
        await page.getByTestId('stations-own').waitFor();
      },
    },
  ],
  stations: [
    {
      name: 'stations',
      act: async (page) => {
        await inOffice(page, said('office/pages/stations'));
        await page.getByTestId('stations-trusted').waitFor();
      },
    },
  ],
  'stations-apart': [
    {
      name: 'stations-apart',
      act: async (page) => {
        await inOffice(page, said('office/pages/stations'));
        await page.getByTestId('stations-trusted').waitFor();
      },
    },
  ],
  'stations-card': [
    {
      name: 'stations-card',
      act: async (page) => {
        await inOffice(page, said('office/pages/stations'));
        await page.getByTestId('stations-card').scrollIntoViewIfNeeded();
      },
    },
  ],
  'stations-taken': [
    {
      name: 'stations-taken',
      act: async (page) => {
        await inOffice(page, said('office/pages/stations'));
        await page.getByRole('button', { name: alone('stations/take') }).click();
        await page.getByTestId('stations-refused').getByText(/./).first().waitFor();
      },
    },
  ],
  'stations-refused': [
    {
      name: 'stations-refused',
      act: async (page) => {
        await inOffice(page, said('office/pages/stations'));
        await page.getByRole('button', { name: alone('stations/take') }).click();
        await page.getByRole('alert').first().waitFor();
      },
    },
  ],
  'queue-stations': [
    { name: 'queue-stations', act: (page) => page.keyboard.press('F7') },
    {
      name: 'queue-hand-over',
      act: async (page) => {
        await page.keyboard.press('F7');
        await page.getByRole('button', { name: alone('queue/toStation') }).click();
        await page.getByRole('dialog').waitFor();
      },
    },
    {
      name: 'queue-give-back',
      act: async (page) => {
        await page.keyboard.press('F7');
        await page.getByRole('button', { name: alone('stations/giveBack') }).click();
        await page.getByRole('dialog').waitFor();
      },
    },
  ],
  'retention-none': [{ name: 'retention-none', act: (page) => inOffice(page, said('office/pages/retention')) }],
  condition: [
    {
      name: 'condition',
      act: async (page) => {
        await page.getByRole('button', { name: alone('office/title') }).click();
        await page.getByRole('table').waitFor();
      },
    },
  ],
  'condition-bad': [
    { name: 'condition-bad', act: (page) => page.getByRole('button', { name: alone('office/title') }).click() },
  ],
  help: [
    {
      name: 'help',
      act: async (page) => {
        await inOffice(page, alone('office/pages/help'));
        await page.getByRole('searchbox').fill('chip');
        await page.locator('main details').first().locator('summary').click();
      },
    },
  ],
  queue: [{ name: 'queue', act: (page) => page.keyboard.press('F7') }],
  'queue-damaged': [{ name: 'queue-damaged', act: (page) => page.keyboard.press('F7') }],
  records: [
    {
      name: 'records',
      act: async (page) => {
        await page.getByRole('button', { name: said('app/pastCases') }).click();
        await page.getByRole('button', { name: said('records/check') }).click();
      },
    },
    {
      name: 'records-found',
      act: async (page) => {
        await page.getByRole('button', { name: said('app/pastCases') }).click();
        await page.getByLabel(said('records/decidedBy')).fill('TE');
        await page.getByRole('button', { name: alone('records/searchAction') }).click();
        await page.getByText(said('records/found')).first().waitFor();
      },
    },
    {
      name: 'record',
      act: async (page) => {
        await page.getByRole('button', { name: said('app/pastCases') }).click();
        await page.getByRole('button', { name: /14/ }).click();
      },
    },
  ],
};

/** The pictures of a scene, and what is done before each. */
export function picturesOf(scene: SceneName): readonly Picture[] {
  return acts[scene] ?? [{ name: scene, act: asItStands }];
}
