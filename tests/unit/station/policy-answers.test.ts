import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { policiesOfApp } from '../../../main/house/open-keeping.ts';
import { answerCall } from '../../../main/station/call-gate.ts';
import { createDesk } from '../../../main/station/desk.ts';
import { appOrigin } from '../../../main/station/page-origin.ts';
import type { Answer, CallResult, MethodName } from '../../../preload/contract.ts';
import { FakeHouse, FakeTimers } from '../../support/fake-house.ts';
import { policyFile } from '../../support/headquarters.ts';

/* The policies as the office explains them: in words of the interface's language, and a file that changes nothing. */

let fake: FakeHouse;
let call: <M extends MethodName>(method: M, ...args: readonly unknown[]) => Promise<CallResult<M>>;

beforeEach(() => {
  fake = new FakeHouse();
  fake.policiesKept = policiesOfApp(join(import.meta.dirname, '../../../resources'));
  const desk = createDesk({
    ...fake.beside,
    house: fake.house,
    standIn: false,
    newCaseId: () => 'case-1',
    timers: new FakeTimers(),
  });
  const around = { answers: desk.answers, pageOrigin: appOrigin, log: () => undefined };
  call = (method, ...args) => answerCall(around, method, { url: 'styrk://app/index.html', mainFrame: true }, args);
});

function chosen(policy: unknown, name = 'renew.json'): void {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-policy-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, typeof policy === 'string' ? policy : JSON.stringify(policy));
  fake.chosen = [path];
}
const explained = async (...args: readonly unknown[]): Promise<Answer<'policies.explain'>> => {
  const answer = await call('policies.explain', ...args);
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
};

it('each in force is listed and explained, in the language of the interface', async () => {
  const all = await call('policies.all');
  expect(all).toMatchObject({ ok: true, value: { chosen: null } });
  const policies = all.ok ? all.value.policies : [];
  expect(policies[0]).toMatchObject({ id: 'document', from: null });
  expect(policies.length).toBeGreaterThan(6);
  for (const { id } of policies) {
    const { checks, terms, gaps } = await explained(id, 'in-force');
    expect(checks.length).toBeGreaterThan(10);
    expect(terms.length).toBeGreaterThan(0);
    expect(gaps).toEqual([]);
  }
  await call('app.setLanguage', 'sv');
  expect((await explained('renew-bankid', 'in-force')).terms).toContainEqual(
    expect.objectContaining({ key: 'holder', lines: ['Personen slås upp i registret.'] }),
  );
});

it('a file is explained as it would judge here, with what of it can never count, and changes nothing', async () => {
  const before = await explained('renew-bankid', 'in-force');
  chosen({ ...policyFile('renew-bankid'), version: 99, evidenceMinutes: 7 });
  expect(await call('policies.choose')).toEqual({ ok: true, value: true });
  expect(await call('policies.all')).toMatchObject({
    value: { chosen: { file: 'renew.json', id: 'renew-bankid', version: 99, refusal: null } },
  });
  const file = await explained('renew-bankid', 'chosen');
  expect(file.version).toBe(99);
  const differing = file.terms.filter(
    ({ key, lines }) => JSON.stringify(lines) !== JSON.stringify(before.terms.find((each) => each.key === key)?.lines),
  );
  expect(differing).toMatchObject([{ key: 'evidenceMinutes', lines: [expect.stringContaining('7')] }]);
  expect(await explained('renew-bankid', 'in-force')).toEqual(before);

  chosen({ ...policyFile('renew-bankid'), overrides: [{ roles: ['supervisor'], checks: ['holder.age'] }] });
  await call('policies.choose');
  expect((await explained('renew-bankid', 'chosen')).gaps).toHaveLength(1);
});

it('with a name that deceives the eye is shown without what is not seen', async () => {
  chosen(policyFile('renew-bankid'), 'renew\u202e.json');
  await call('policies.choose');
  expect(await call('policies.all')).toMatchObject({ value: { chosen: { file: 'renew.json' } } });
});

it.each([
  ['{', 'policy.malformed'],
  ['{"id":"renew-bankid","id":"age"}', 'policy.malformed'],
  ['{"id":"nothing"}', 'policy.malformed'],
  [`"${'x'.repeat(300_000)}"`, 'input.too-large'],
])('%.20s is no policy', async (text, code) => {
  chosen(text);
  expect(await call('policies.choose')).toMatchObject({ ok: false, code });
  expect(await call('policies.all')).toMatchObject({ value: { chosen: null } });
});

it('a page names no path, no other edition, and no file that was not opened', async () => {
  expect(await call('policies.choose')).toEqual({ ok: true, value: false });
  expect(await call('policies.explain', 'renew-bankid', 'chosen')).toMatchObject({ code: 'purpose.unknown' });
  for (const args of [[], ['renew-bankid'], ['renew-bankid', '/etc/passwd'], ['else', 'in-force']])
    expect(await call('policies.explain', ...args)).toMatchObject({ code: 'call.malformed' });
  expect(await call('policies.choose', '/etc/passwd')).toMatchObject({ code: 'call.malformed' });
  chosen(policyFile('step-up'));
  await call('policies.choose');
  expect(await call('policies.explain', 'renew-bankid', 'chosen')).toMatchObject({ code: 'purpose.unknown' });
});
