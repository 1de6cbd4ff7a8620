import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isSignatureOf } from '../../../main/crypto/sealing.ts';
import { signedBytesOf } from '../../../main/house/extract-records.ts';
import type { StationClock } from '../../../main/machine/clock.ts';
import { fromHex } from '../../../main/result/bytes.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { readPdf } from '../../support/read-pdf.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';
import { caseFacts } from '../records/case-facts.ts';
import { unlockedIn } from '../store/support.ts';

/*
 * A record's life at the side door: extracted for its person (GDPR art. 15), exported whole (AMLR 2024/1624 art. 77(1)), held,
 * and erased when its years are over.
 */

const clockOf = (day: string): StationClock => ({ now: () => `${day}T09:00:00Z`, today: () => day as PlainDate });

it('a record is extracted, exported, held, and erased when its years are over', async () => {
  const [data, outside] = [temporaryFolder(), temporaryFolder()];
  const run = (argv: readonly string[], day = '2026-11-23') =>
    runHere([...argv, '--training', '--json', '--data', data], { clock: clockOf(day) });
  const { records, store } = await unlockedIn(data);
  const read = { id: 'passive-authentication.signature', result: 'successful', code: null, detail: {} } as const;
  const { holder, checks } = caseFacts('case-1');
  const made = records.append(
    caseFacts('case-1', { holder: holder === null ? null : { ...holder, id: 'asa' }, checks: [read, ...checks] }),
    '1.0.0',
  );
  store.close();
  const written = (name: string) => JSON.parse(readFileSync(join(outside, name), 'utf8'));
  const out = (name: string) => ['--out', join(outside, name)];

  expect((await run(['records', 'extract', '--customer', 'asa', ...out('person')])).json()).toMatchObject({
    records: [1],
  });
  const { extract, signature } = written('person');
  expect(extract).toMatchObject({
    for: 'person',
    of: { customer: 'asa' },
    onFile: { id: 'asa' },
    records: [{ number: 1, hash: made.hash, tr03135: { guideline: 'BSI TR-03135-1 2.5' } }],
  });
  expect(Object.keys(extract.records[0].content.decision)).toEqual(['outcome', 'reason']);
  const proved = (told: typeof extract) =>
    isSignatureOf(fromHex(signature.publicKey), signedBytesOf(told), fromHex(signature.value));
  expect(proved(extract)).toBe(true);
  expect(proved({ ...extract, madeAt: '2026-11-24T09:00:00Z' })).toBe(false);
  expect((await run(['records', 'export', '1', ...out('bank')])).json()).toMatchObject({ records: [1] });
  expect(written('bank').extract.records[0].content.decision.by).toBeDefined();
  const acts = async (): Promise<number> => (await run(['records', 'check'])).json().acts.all;
  const before = await acts();
  expect((await run(['records', 'export', '1', ...out('bank')])).json()).toMatchObject({
    error: { code: 'output.unwritable' },
  });
  // No file left: there is no act of one.
  expect(await acts()).toBe(before);

  // Pages to read go with the signed file, and name it by its digest; neither is written where one is there.
  const pdf = (name: string) => ['--pdf', join(outside, `${name}.pdf`), '--language', 'sv'];
  const withPages = await run(['records', 'export', '1', ...out('paged'), ...pdf('paged')]);
  expect(withPages.json()).toMatchObject({ records: [1], pdf: { undrawn: 0 } });
  expect(statSync(join(outside, 'paged.pdf')).mode & 0o777).toBe(0o600);
  const { pages, title } = await readPdf(readFileSync(join(outside, 'paged.pdf')));
  const words = pages.join(' ').replace(/\s+/g, ' ');
  const digest = createHash('sha256')
    .update(readFileSync(join(outside, 'paged')))
    .digest('hex');
  const { checkpoint } = written('paged').extract;
  expect(title).toBe('Poster, för banken och myndigheter');
  for (const said of [
    ...['Post 1', 'Beviset är den signerade filen paged', 'Övning: inget riktigt ärende.', 'ÖVNING', 'Godkänt'],
    ...['Godkänn', 'Åsa Linnéa Öberg', 'OEBERG', 'AA123456', 'anna (inskriven)', 'Bara i den signerade filen'],
  ])
    expect(words).toContain(said);
  for (const said of [digest, made.hash, ...checkpoint.split('\n')])
    expect(pages.join('').replace(/\s/g, '')).toContain(said.replace(/\s/g, ''));
  const taken = await run(['records', 'export', '1', ...out('other'), ...pdf('paged')]);
  expect(taken.json()).toMatchObject({ error: { code: 'output.unwritable' } });
  expect(existsSync(join(outside, 'other'))).toBe(false);
  const one = await run(['records', 'export', '1', ...out('one'), '--pdf', join(outside, 'one')]);
  expect([one.json().error.code, existsSync(join(outside, 'one'))]).toEqual(['output.unwritable', false]);
  const bare = await run(['records', 'export', '1', ...out('bare'), '--language', 'sv']);
  expect([bare.status, bare.json().error.code]).toEqual([2, 'arguments.unusable']);
  const forPerson = await run(['records', 'extract', '--customer', 'asa', ...out('own'), ...pdf('own')]);
  expect(forPerson.json()).toMatchObject({ pdf: { undrawn: 0 } });
  const own = (await readPdf(readFileSync(join(outside, 'own.pdf')))).pages.join(' ');
  expect(own).toContain('för den som uppgifterna gäller');
  expect(own).not.toContain('anna (');
  expect(own).not.toContain('Beslutat av');

  const event = ['records', 'event', '--customer', 'asa', 'relationship-ended', '--on', '2026-11-23'];
  expect((await run(event)).json()).toMatchObject({ records: [1] });
  const hold = ['records', 'hold', '1', '--authority', 'A court', '--reason', 'a case', '--until', '2033-01-31'];
  const { hold: number } = (await run(hold)).json();
  expect((await run(['records', 'erase', '--due'], '2032-01-01')).json()).toEqual({
    erased: [],
    left: 0,
    cleaned: true,
  });
  expect((await run(['records', 'due'], '2032-01-01')).json()).toMatchObject({
    due: [],
    holds: [{ authority: 'A court' }],
  });
  expect((await run(['records', 'release', String(number)], '2032-01-01')).json()).toEqual({ released: number });
  expect((await run(['records', 'erase', '--due'], '2032-01-01')).json()).toMatchObject({ erased: [1], left: 0 });

  const why = {
    keep: 'reference',
    years: 5,
    on: '2032-01-01',
    event: { kind: 'relationship-ended', on: '2026-11-23' },
  };
  expect((await run(['records', 'list'], '2032-01-01')).json().records).toMatchObject([{ verdict: null, erased: why }]);
  expect((await run(['records', 'show', made.id], '2032-01-01')).json()).toMatchObject({
    error: { code: 'record.erased', fields: { on: '2032-01-01', event: 'relationship-ended' } },
  });
  const checked = await run(['records', 'check'], '2032-01-01');
  expect([checked.status, checked.json()]).toMatchObject([0, { records: 1, erased: 1, intact: true }]);
  const again = await run(['records', 'extract', '--customer', 'asa', ...out('again')], '2032-01-01');
  expect(again.json()).toMatchObject({ error: { code: 'retention.customer-unknown' } });
});
