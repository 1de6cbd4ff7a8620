import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { specimenIds } from '../../../main/simulator/documents/specimen.ts';
import { type Answer, checkIn, runHere, temporaryFolder } from '../../support/side-door.ts';

interface Expected {
  readonly verdict: string;
  readonly check: string | null;
  readonly result: string | null;
  readonly code: string | null;
}

// One branch for all: a folder is made once, and its records grow.
const branch = mkdtempSync(join(tmpdir(), 'styrk-branch-'));
afterAll(() => rmSync(branch, { recursive: true, force: true }));
const { specimens } = (await runHere(['specimens', '--json'])).json();

function announced(id: string): Answer {
  return specimens.find((specimen: Answer) => specimen.id === id);
}

function compare(answer: Answer, status: number | null, expected: Expected): void {
  expect(answer.verdict).toBe(expected.verdict);
  expect(status).toBe(expected.verdict === 'accept' ? 0 : 1);
  if (expected.check === null) expect(answer.reasons).toEqual([]);
  else {
    expect(answer.reasons[0]).toBe(expected.code);
    expect(checkIn(answer, expected.check)).toMatchObject({ result: expected.result, code: expected.code });
  }
}

describe.each(specimenIds.map((id) => [id]))('%s', (id) => {
  it('inspected: what specimens announces', async () => {
    const { expected } = announced(id);
    const end = await runHere(['inspect', '--training', '--specimen', id, '--data', branch, '--json']);
    compare(end.json(), end.status, expected.inspect);
    expect(end.json().training).toBe(true);
  });

  it('verified for renew-bankid: what specimens announces, and a record', async () => {
    const { expected, holder } = announced(id);
    const end = await runHere(
      ['verify', '--training', '--specimen', id, '--holder', holder ?? 'asa', '--purpose', 'renew-bankid'].concat([
        '--face',
        'same',
        '--data',
        branch,
        '--json',
      ]),
    );
    compare(end.json(), end.status, expected['renew-bankid']);
    const listed = await runHere(['records', 'list', '--training', '--data', branch, '--json']);
    expect(listed.json().records[0]).toMatchObject({
      id: end.json().record.id,
      verdict: expected['renew-bankid'].verdict,
    });
  });
});

describe('a case', () => {
  const verify = (...more: string[]) =>
    runHere(
      [
        'verify',
        '--training',
        '--specimen',
        'se-passport',
        '--purpose',
        'renew-bankid',
        '--data',
        temporaryFolder(),
      ].concat(more, '--json'),
    );

  it('without an answer about the face is at most referred', async () => {
    const end = await verify('--holder', 'asa');
    expect(end.json()).toMatchObject({ verdict: 'refer', reasons: ['face.not-compared'] });
    expect(end.status).toBe(1);
  });

  it('of somebody who is not on file is referred, with the holder null', async () => {
    const end = await verify('--holder', 'nobody', '--face', 'same');
    expect(end.json()).toMatchObject({ verdict: 'refer', reasons: ['holder.not-found'], holder: null });
  });

  it('of somebody else is rejected', async () => {
    const end = await verify('--holder', 'goran', '--face', 'same');
    expect(end.json().verdict).toBe('reject');
    expect(end.json().reasons).toContain('holder.personal-number-differs');
  });

  it('with another face is rejected', async () => {
    const end = await verify('--holder', 'asa', '--face', 'not-same', '--reason', 'other ears');
    expect(end.json()).toMatchObject({ verdict: 'reject', reasons: ['face.not-same'] });
  });

  it('with a wrong MRZ ends at the door of the chip, once', async () => {
    const wrong = ['--document-number', 'XA000101', '--birth', '910717', '--expiry', '300101'];
    const end = await verify('--holder', 'asa', '--face', 'same', ...wrong);
    expect(end.json()).toMatchObject({ document: null, verdict: 'refer' });
    expect(checkIn(end.json(), 'access.pace')).toMatchObject({ result: 'failed', code: 'access.wrong-key' });
  });
});

it('an identity card opens with its card access number', async () => {
  const { can } = await announced('se-id-card');
  const data = temporaryFolder();
  const end = await runHere([
    'inspect',
    '--training',
    '--specimen',
    'se-id-card',
    '--can',
    can,
    '--data',
    data,
    '--json',
  ]);
  expect(end.json()).toMatchObject({ verdict: 'accept', access: { protocol: 'PACE' } });
});
