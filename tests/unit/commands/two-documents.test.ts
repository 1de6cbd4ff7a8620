import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkIn, runHere, temporaryFolder } from '../../support/side-door.ts';

function trainingStation() {
  const data = temporaryFolder();
  const run = (...argv: readonly string[]) => runHere([...argv, '--training', '--data', data, '--json']);
  const verifyFirst = (first: string, purpose: string, ...more: readonly string[]) =>
    run('verify', '--specimen', first, '--purpose', purpose, '--face', 'same', ...more);
  const verify = (purpose: string, ...more: readonly string[]) => verifyFirst('nl-passport', purpose, ...more);
  return { data, run, verify, verifyFirst };
}

// docs/policies.md: a passport with a residence permit beside it; what is no permit is none beside it either.
it('reads a second document, judges both, and the record holds both', async () => {
  const { run, verify } = trainingStation();
  const end = await verify('new-customer', '--second-specimen', 'de-passport');
  const answer = end.json();
  expect([end.status, answer.verdict, answer.holder]).toEqual([1, 'refer', null]);
  expect(checkIn(answer, 'document.second')).toMatchObject({ result: 'undetermined', code: 'document.second-kind' });
  expect([answer.document.issuer, answer.second.document.issuer]).toEqual(['NLD', 'D']);
  const { content } = (await run('records', 'show', answer.record.id)).json();
  expect(content.second.document).toEqual(answer.second.document);
  expect(content.second.checks.length).toBeGreaterThan(10);
});

// The specimens of a residence permit: its bearer's passport beside it, another's, none; and one that has run out.
it.each([
  ['ua-passport', 'residence-permit', 'accept', 'successful', null],
  ['ua-passport', 'expired-permit', 'refer', 'failed', 'document.second-not-proved'],
  ['nl-passport', 'residence-permit', 'refer', 'failed', 'document.second-other-person'],
  ['residence-permit', 'ua-passport', 'reject', 'undetermined', 'document.second-kind'],
])('%s with %s beside it comes to %s', async (first, second, verdict, result, code) => {
  const { run, verifyFirst } = trainingStation();
  await run('station', 'set', 'attended');
  const answer = (await verifyFirst(first, 'new-customer', '--second-specimen', second)).json();
  expect([answer.verdict, checkIn(answer, 'document.second')]).toMatchObject([verdict, { result, code }]);
});

it('takes one that was saved, too', async () => {
  const { data, run, verify } = trainingStation();
  const saved = join(data, 'saved');
  await run('inspect', '--specimen', 'de-passport', '--save', saved);
  const answer = (await verify('new-customer', '--second', saved)).json();
  expect(checkIn(answer, 'document.second').result).toBe('undetermined');
  expect(answer.second.document.issuer).toBe('D');
});

it('takes none where the policy takes one document, and not two ways at once', async () => {
  const { data, verify } = trainingStation();
  for (const more of [
    ['renew-bankid', '--holder', 'asa', '--second-specimen', 'de-passport'],
    ['new-customer', '--second', data, '--second-specimen', 'de-passport'],
  ] as const) {
    const [purpose, ...rest] = more;
    const end = await verify(purpose, ...rest);
    expect([end.status, end.json().error.code]).toEqual([2, 'arguments.unusable']);
  }
});
