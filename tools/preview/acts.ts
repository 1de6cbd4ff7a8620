import type { Page } from 'playwright-core';
import type { SceneName } from './scenes.ts';

// What a scene needs done before its picture is taken; `name` is the picture's, where a scene has more than one.
export interface Picture {
  readonly name: string;
  readonly act: (page: Page) => Promise<unknown>;
}

const asItStands = async (): Promise<void> => undefined;

async function inOffice(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^(Kontor|Office)$/ }).click();
  await page.getByRole('navigation').getByRole('button', { name }).click();
}

/** The receipt as it comes to paper, in the customer's language. */
async function onPaper(page: Page, language: string | null): Promise<void> {
  if (language !== null) await page.getByLabel(/Kundens språk|Customer’s language/).selectOption(language);
  await page.getByRole('button', { name: /Godkänn och avsluta|Approve and finish/ }).click();
  await page.getByRole('button', { name: /Skriv ut kvitto|Print receipt/ }).click();
  await page.getByTestId('receipt').waitFor({ state: 'attached' });
  await page.emulateMedia({ media: 'print' });
}

const acts: Partial<Record<SceneName, readonly Picture[]>> = {
  'read-forged': [
    { name: 'read-forged', act: asItStands },
    {
      name: 'read-forged-arabic',
      act: async (page) => page.getByLabel(/Kundens språk|Customer’s language/).selectOption('ar'),
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
      act: (page) => page.getByRole('button', { name: /Stäng utan beslut|Close without decision/ }).click(),
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
        await page.getByRole('button', { name: /Fyll i|Fill in/ }).click();
        await page.keyboard.press('Tab');
        await page.getByRole('button', { name: /^(Gå vidare|Go on)$/ }).click();
      },
    },
    { name: 'key-fields', act: (page) => page.getByRole('button', { name: /datum|dates/ }).click() },
  ],
  'no-chip': [{ name: 'no-chip', act: (page) => page.getByRole('radio', { name: /körkort|driving licence/ }).check() }],
  'order-none': [
    { name: 'order-none', act: asItStands },
    {
      name: 'order-offered',
      act: (page) => page.getByRole('button', { name: /Lägg till uppdrag|Add an order/ }).click(),
    },
    {
      name: 'order-typed',
      act: async (page) => {
        await page.getByRole('button', { name: /Lägg till uppdrag|Add an order/ }).click();
        await page.getByRole('button', { name: /Skriv in|Type it/ }).click();
        await page.getByRole('textbox').first().fill('Exempelbanken');
      },
    },
    {
      name: 'order-code',
      act: async (page) => {
        await page.getByRole('button', { name: /Lägg till uppdrag|Add an order/ }).click();
        await page.getByRole('button', { name: /Skanna|Scan/ }).click();
      },
    },
  ],
  'order-many': [
    {
      name: 'order-many',
      act: (page) => page.getByRole('button', { name: /Lägg till uppdrag|Add an order/ }).click(),
    },
    {
      name: 'order-found',
      act: async (page) => {
        await page.getByRole('button', { name: /Lägg till uppdrag|Add an order/ }).click();
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
        await page.getByRole('button', { name: /stillbild|still/i }).click();
        await page.getByRole('button', { name: /Lägg bilderna|Overlay/ }).click();
        await page.getByRole('radio').nth(1).check();
      },
    },
  ],
  'face-jpeg2000': [
    {
      name: 'face-jpeg2000',
      act: (page) =>
        page
          .getByRole('img', { name: /Fotot|Photo/ })
          .nth(1)
          .waitFor(),
    },
  ],
  accept: [
    { name: 'accept', act: asItStands },
    {
      name: 'sealed',
      act: (page) => page.getByRole('button', { name: /Godkänn och avsluta|Approve and finish/ }).click(),
    },
  ],
  'answer-code': [
    {
      name: 'answer-code',
      act: async (page) => {
        await page.getByRole('button', { name: /Godkänn och avsluta|Approve and finish/ }).click();
        await page.getByTestId('answer-code').waitFor();
      },
    },
  ],
  'left-behind': [
    {
      name: 'left-behind',
      act: (page) => page.getByRole('button', { name: /Godkänn och avsluta|Approve and finish/ }).click(),
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
      act: (page) => page.getByRole('button', { name: /^(Disken|Desk)$/ }).click(),
    },
  ],
  operators: [
    {
      name: 'operators',
      act: async (page) => {
        await inOffice(page, /^(Användare|Operators)$/);
        await page.getByRole('row').nth(3).waitFor();
      },
    },
    {
      name: 'operator-change',
      act: async (page) => {
        await inOffice(page, /^(Användare|Operators)$/);
        await page.getByRole('button', { name: /TE$/ }).first().click();
      },
    },
  ],
  'operators-none': [
    {
      name: 'operators-none',
      act: async (page) => {
        await inOffice(page, /^(Användare|Operators)$/);
      },
    },
  ],
  'confirm-sign-in': [
    { name: 'confirm-sign-in', act: asItStands },
    {
      name: 'confirm-refused',
      act: async (page) => {
        await page.getByRole('textbox').first().fill('AE');
        await page.getByLabel(/hemlighet|secret/).fill('something');
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
        await page.locator('main details').first().locator('summary').click();
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
        await page.getByRole('button', { name: /Visa Sverige|Show Sweden/ }).click();
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
        await page.getByRole('list', { name: /Avvisade filer|Refused files/ }).waitFor();
      },
    },
    {
      name: 'trust-refused',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByRole('button', { name: /Importera filer|Import files/ }).click();
        await page.getByRole('alert').waitFor();
      },
    },
  ],
  'trust-empty': [
    { name: 'trust-empty-desk', act: asItStands },
    { name: 'trust-empty', act: (page) => page.keyboard.press('F8') },
  ],
  roster: [
    {
      name: 'roster',
      act: async (page) => {
        await inOffice(page, /Kundfil|Customer file/);
      },
    },
    {
      name: 'roster-tried',
      act: async (page) => {
        await inOffice(page, /Kundfil|Customer file/);
        await page.getByRole('button', { name: /Välj en fil|Choose a file/ }).click();
        await page.getByRole('checkbox').check();
        await page.getByRole('button', { name: /Prova|Try/ }).click();
        await page.getByText(/Inget togs in|Nothing was taken/).waitFor();
      },
    },
  ],
  'roster-refused': [
    {
      name: 'roster-refused',
      act: async (page) => {
        await inOffice(page, /Kundfil|Customer file/);
        await page.getByRole('button', { name: /Välj en fil|Choose a file/ }).click();
        await page.getByRole('button', { name: /Ta in filen|Take the file in/ }).click();
        await page.getByRole('alert').waitFor();
      },
    },
  ],
  'roster-import': [{ name: 'roster-import', act: (page) => inOffice(page, /Kundfil|Customer file/) }],
  'records-whole': [
    {
      name: 'records-whole',
      act: async (page) => {
        await page.getByRole('button', { name: /Tidigare ärenden|Past cases/ }).click();
        await page.getByRole('button', { name: /Kontrollera|Check/ }).click();
        await page.getByText(/oförändrade|unchanged/).waitFor();
      },
    },
  ],
  receipt: [
    { name: 'receipt', act: (page) => onPaper(page, null) },
    { name: 'receipt-arabic', act: (page) => onPaper(page, 'ar') },
  ],
  figures: [{ name: 'figures', act: (page) => inOffice(page, /Siffror|Figures/) }],
  retention: [
    {
      name: 'retention',
      act: async (page) => {
        await inOffice(page, /Gallring|Retention/);
        await page.getByRole('table').first().waitFor();
      },
    },
  ],
  'retention-none': [{ name: 'retention-none', act: (page) => inOffice(page, /Gallring|Retention/) }],
  condition: [
    {
      name: 'condition',
      act: async (page) => {
        await page.getByRole('button', { name: /^(Kontor|Office)$/ }).click();
        await page.getByRole('table').waitFor();
      },
    },
  ],
  'condition-bad': [
    { name: 'condition-bad', act: (page) => page.getByRole('button', { name: /^(Kontor|Office)$/ }).click() },
  ],
  help: [
    {
      name: 'help',
      act: async (page) => {
        await inOffice(page, /^(Hjälp|Help)$/);
        await page.getByRole('searchbox').fill('chip');
        await page.locator('main details').first().locator('summary').click();
      },
    },
  ],
  queue: [{ name: 'queue', act: (page) => page.keyboard.press('F7') }],
  records: [
    {
      name: 'records',
      act: async (page) => {
        await page.getByRole('button', { name: /Tidigare ärenden|Past cases/ }).click();
        await page.getByRole('button', { name: /Kontrollera|Check/ }).click();
      },
    },
    {
      name: 'records-found',
      act: async (page) => {
        await page.getByRole('button', { name: /Tidigare ärenden|Past cases/ }).click();
        await page.getByLabel(/Beslutat av|Decided by/).fill('TE');
        await page.getByRole('button', { name: /^(Sök|Search)$/ }).click();
        await page
          .getByText(/hittad|found/)
          .first()
          .waitFor();
      },
    },
    {
      name: 'record',
      act: async (page) => {
        await page.getByRole('button', { name: /Tidigare ärenden|Past cases/ }).click();
        await page.getByRole('button', { name: /14/ }).click();
      },
    },
  ],
};

/** The pictures of a scene, and what is done before each. */
export function picturesOf(scene: SceneName): readonly Picture[] {
  return acts[scene] ?? [{ name: scene, act: asItStands }];
}
