import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { machineClock } from '../../main/machine/clock.ts';
import { printedPage } from '../../main/simulator/documents/printed-page.ts';
import type { TravelDocument } from '../../main/simulator/documents/travel-document.ts';
import { type ForeignBehaviour, ForeignChip, plainBehaviour } from '../support/foreign-chip/chip.ts';
import { basicAccessPassport, foreignDocument, pacePassport } from '../support/foreign-chip/documents.ts';
import { type Pcscd, startPcscd } from '../support/pcscd.ts';
import { checkIn, styrk, temporaryFolder } from '../support/side-door.ts';

describe('a chip by another hand on a real pcscd', () => {
  let pcscd: Pcscd;
  beforeAll(async () => {
    pcscd = await startPcscd();
  });
  afterAll(() => pcscd.stop());

  async function lay(document: TravelDocument, behaviour: Partial<ForeignBehaviour>) {
    const today = machineClock.today();
    const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
    const chip = new ForeignChip(foreignDocument(document, today), { ...plainBehaviour, ...behaviour }, random);
    const card = await pcscd.connectCard({ answer: (command) => chip.answer(command), onPower: () => chip.reset() });
    onTestFinished(() => card.leave());
    const inspected = (...key: readonly string[]) =>
      styrk(['inspect', '--training', ...key, '--data', temporaryFolder(), '--json'], pcscd.env);
    return { inspected, mrz: printedPage(document, today).lines.join('\n') };
  }

  it('PACE: a wrong card access number is told as one, then the right lines open it, in one field', async () => {
    const { inspected, mrz } = await lay(pacePassport, {
      wrongKey: 0x6982,
      shortIdentifiers: 'of the MF where the DF has none',
    });
    const refused = (await inspected('--can', '271828')).json();
    expect(refused.reasons).toContain('access.wrong-key-maybe');
    expect(refused).toMatchObject({ verdict: 'refer', document: null });
    const end = await inspected('--mrz', mrz);
    expect(end.json()).toMatchObject({ verdict: 'accept', access: { protocol: 'PACE', cipher: 'AES-128' } });
    expect(checkIn(end.json(), 'chip-authentication').result).toBe('successful');
    expect(end.status).toBe(0);
  });

  it('BAC, active authentication refused: read, and not accepted', async () => {
    const { inspected, mrz } = await lay(basicAccessPassport, { access: 'BAC', activeAuthentication: 0x6d00 });
    const answer = (await inspected('--mrz', mrz)).json();
    expect(answer).toMatchObject({ access: { protocol: 'BAC' }, document: { number: 'XA000101' } });
    expect(checkIn(answer, 'passive-authentication.signature').result).toBe('successful');
    expect(checkIn(answer, 'active-authentication')).toMatchObject({
      result: 'failed',
      code: 'active-authentication.failed',
    });
    expect(answer.verdict).not.toBe('accept');
  });
});
