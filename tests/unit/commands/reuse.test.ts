import { describe, expect, it } from 'vitest';
import { parseMrz } from '../../../main/document/mrz.ts';
import { machineClock } from '../../../main/machine/clock.ts';
import { announceSpecimen } from '../../../main/simulator/documents/list-specimens.ts';
import { checkIn, runHere, temporaryFolder } from '../../support/side-door.ts';

const today = machineClock.today();
const number = parseMrz(announceSpecimen('se-passport', today).mrz.join('\n'), today).documentNumber;

async function station() {
  const training = ['--training', '--data', temporaryFolder(), '--json'];
  await runHere(['station', 'set', 'attended', ...training]);
  const verify = (purpose: string, ...more: readonly string[]) =>
    runHere(['verify', '--holder', 'asa', '--purpose', purpose, '--face', 'same', ...more, ...training]);
  const read = await verify('large-transfer', '--specimen', 'se-passport');
  expect(read.status).toBe(0);
  const reuse = (record: string, ...more: readonly string[]) =>
    verify('step-up', '--reuse', record, '--same-document', number, ...more);
  const record: string = read.json().record.id;
  const shown = async (id: string) => (await runHere(['records', 'show', id, ...training])).json().content;
  return { verify, reuse, record, shown, read: read.json() };
}

describe('verify --reuse', () => {
  it('rests on an earlier reading where the policy lets it, says so in answer and record, and is never rested on itself', async () => {
    const { verify, reuse, record, shown } = await station();
    const again = await reuse(record);
    const before = await shown(record);
    const freshness = { recordId: record, readAt: before.readAt };
    expect([again.status, again.json()]).toMatchObject([0, { verdict: 'accept', freshness, taps: 0 }]);
    expect(checkIn(again.json(), 'passive-authentication.signature')).toMatchObject({
      result: 'successful',
      detail: { earlierRecord: record },
    });
    // The person is compared anew, with the photo of the document in the hand.
    expect(checkIn(again.json(), 'face.comparison').detail).not.toHaveProperty('earlierRecord');
    const kept = await shown(again.json().record.id);
    expect(kept).toMatchObject({ freshness, readAt: before.readAt, reading: null, taps: 0, purpose: 'step-up' });
    expect(before).not.toHaveProperty('freshness');

    expect((await reuse(again.json().record.id)).json().error.code).toBe('freshness.not-for-purpose');
    // A transfer is read for each time.
    const transfer = await verify('large-transfer', '--reuse', record, '--same-document', number);
    expect([transfer.status, transfer.json().error.code]).toEqual([2, 'freshness.not-for-purpose']);
  });

  it('counts no more once something came of the document or the person, and again from a reading after that', async () => {
    const { verify, reuse, record } = await station();
    // Another document of the same person, of which the reading broke off.
    const referred = await verify('large-transfer', '--specimen', 'torn');
    expect(referred.json().verdict).toBe('refer');
    expect((await reuse(record)).json().error.code).toBe('freshness.later-record');
    const readAgain = await verify('large-transfer', '--specimen', 'se-passport');
    expect((await reuse(readAgain.json().record.id)).json().verdict).toBe('accept');
  });

  it('counts for no other document, no unknown record, and for nobody whose face was not compared', async () => {
    const { verify, reuse, record } = await station();
    const other = await verify('step-up', '--reuse', record, '--same-document', 'XX9999999');
    expect([other.status, other.json().error.code]).toEqual([2, 'freshness.other-document']);
    expect((await reuse('00000000-0000-4000-8000-000000000000')).json().error.code).toBe('record.not-found');
    expect((await verify('step-up', '--reuse', record)).json().error.code).toBe('arguments.unusable');
    const unsure = await reuse(record, '--face', 'unsure', '--reason', 'much younger');
    expect(unsure.json().verdict ?? unsure.json().error.code).not.toBe('accept');
  });
});

it('verify --paper: what staff found stands in the checks and in the record, and decides as the policy says', async () => {
  const training = ['--training', '--data', temporaryFolder(), '--json'];
  await runHere(['station', 'set', 'attended', ...training]);
  const customer = ['verify', '--specimen', 'fr-passport', '--purpose', 'new-customer', '--face', 'same', ...training];
  for (const paper of ['good', 'feel=right,feel=wrong'])
    expect((await runHere([...customer, '--paper', paper])).json().error.code).toBe('arguments.unusable');
  const found = (await runHere([...customer, '--paper', 'feel=right,security=wrong,signature=right'])).json();
  expect(checkIn(found, 'document.paper')).toMatchObject({ result: 'failed', code: 'paper.wrong' });
  expect(found.verdict).toBe('refer');
  const { content } = (await runHere(['records', 'show', found.record.id, ...training])).json();
  expect(content).toMatchObject({
    paper: { feel: 'right', security: 'wrong', signature: 'right' },
    retention: { keep: 'reference', years: 5 },
  });
});
