import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openReaderPort } from '../../main/reader/choose-port.ts';
import type { ReaderDescription, ReaderState } from '../../main/reader/port.ts';
import { type Hold, holdCard } from '../support/other-program.ts';
import { type Pcscd, startPcscd } from '../support/pcscd.ts';
import { startPort } from '../support/reader-events.ts';
import { startStyrk, styrk, temporaryFolder } from '../support/side-door.ts';
import type { VpcdCard } from '../support/vpcd-card.ts';

/* Another program on the same card, at the side door and at the port (at the desk: tests/e2e/another-program.test.ts). */

const [first, second] = ['Virtual PCD 00 00', 'Virtual PCD 00 01'];
const key = ['--document-number', 'X1234567', '--birth', '900101', '--expiry', '300101'];

let pcscd: Pcscd;

beforeAll(async () => {
  pcscd = await startPcscd();
  Object.assign(process.env, pcscd.env);
});
afterAll(() => pcscd.stop());

/** Resolves once the first reader is as the daemon shall say. */
async function readerIs(wanted: { readonly state: ReaderState; readonly inUse: boolean }): Promise<void> {
  const port = openReaderPort();
  const fits = ([reader]: readonly ReaderDescription[]) =>
    reader?.state === wanted.state && reader.inUse === wanted.inUse;
  try {
    const events = await startPort(port);
    if (!fits(await port.readers())) await events.next('readers', ({ readers }) => fits(readers));
  } finally {
    await port.stop();
  }
}

const take = (how: Hold) => holdCard(first ?? '', how);

describe.each(['transaction', 'exclusive'] as const)('another program with the card: %s', (how) => {
  let card: VpcdCard;
  beforeEach(async () => {
    card = await pcscd.connectCard({ answer: () => Uint8Array.of(0x6a, 0x82) });
    await readerIs({ state: 'card', inUse: false });
  });
  // Connections that a command gave up come through for a moment when what they waited for has ended.
  afterEach(async () => {
    await card.leave();
    await readerIs({ state: 'empty', inUse: false });
  });

  // pcsc-lite lets no SCardConnect return while a transaction lasts: whoever waited for it would not end before it.
  it('is told by doctor, readers and inspect, and each of them ends while it lasts', async () => {
    const letGo = await take(how);
    const commands = ['--data', temporaryFolder(), '--json'];
    const [doctor, readers, whichever, named] = await Promise.all([
      styrk(['doctor', '--training', ...commands], pcscd.env),
      styrk(['readers', '--json'], pcscd.env),
      styrk(['inspect', '--training', ...key, ...commands], pcscd.env),
      styrk(['inspect', '--training', ...key, '--reader', first ?? '', ...commands], pcscd.env),
    ]);
    const items = doctor.json().items;
    expect(items).toContainEqual({ id: 'reader', state: 'warning', code: 'reader.shared', detail: first });
    expect(readers.json().readers).toMatchObject([{ name: first, state: 'in-use' }, { state: 'empty' }]);
    for (const end of [whichever, named]) {
      expect(end.json().error).toMatchObject({ code: 'reader.shared' });
      expect(end.status).toBe(3);
    }
    expect(card.commands).toEqual([]);
    await letGo();
  });

  it('keeps nobody from the document in another slot', async () => {
    const letGo = await take(how);
    const chip = startStyrk(['chip', 'se-passport', '--json', '--vpcd', `127.0.0.1:${pcscd.vpcdPorts[1]}`]);
    onTestFinished(() => void chip.child.kill('SIGKILL'));
    const { mrz } = JSON.parse(await chip.printed((stdout) => stdout.endsWith('\n'))) as { mrz: string[] };
    const inspected = await styrk(
      ['inspect', '--training', '--mrz', mrz.join('\n'), '--data', temporaryFolder(), '--json'],
      pcscd.env,
    );
    expect(inspected.json()).toMatchObject({ verdict: 'accept', document: { issuer: 'SWE' } });
    expect(inspected.stderr).toContain(second);
    chip.child.kill('SIGTERM');
    await chip.ended;
    await letGo();
  });

  it('lets go, and the reader is one to read on again', async () => {
    const letGo = await take(how);
    const port = openReaderPort();
    onTestFinished(() => port.stop());
    const events = await startPort(port);
    await expect(port.connect(first ?? '')).rejects.toMatchObject({ code: 'reader.shared' });
    await events.next('readers', ({ readers }) => readers[0]?.state === 'in-use');
    await letGo();
    await events.next('readers', ({ readers }) => readers[0]?.state === 'card');
    const connection = await port.connect(first ?? '');
    expect(await connection.transmit(Uint8Array.of(0, 0xa4, 2, 0x0c, 2, 1, 0x1c))).toEqual(Uint8Array.of(0x6a, 0x82));
    await connection.close();
  });
});

// eid-mw#180, nfc-pcsc#70, web-eid-app#184: the bank card in the first slot is read instead of the passport in the second.
it('a card without travel application in one slot, the passport in the other: the passport is read, with either set first', async () => {
  const bank = await pcscd.connectCard({ answer: () => Uint8Array.of(0x6a, 0x82) });
  onTestFinished(() => bank.leave());
  const chip = startStyrk(['chip', 'se-passport', '--json', '--vpcd', `127.0.0.1:${pcscd.vpcdPorts[1]}`]);
  onTestFinished(() => void chip.child.kill('SIGKILL'));
  const { mrz } = JSON.parse(await chip.printed((stdout) => stdout.endsWith('\n'))) as { mrz: string[] };
  const read = ['inspect', '--training', '--mrz', mrz.join('\n'), '--data', temporaryFolder(), '--json'];
  const inspected = await styrk(read, pcscd.env);
  expect(inspected.json()).toMatchObject({ verdict: 'accept', taps: 1, document: { issuer: 'SWE' } });
  // A set reader wins, also where no document lies on it.
  const set = await styrk([...read, '--reader', first ?? ''], pcscd.env);
  expect(set.json()).toMatchObject({ verdict: 'reject', reasons: ['document.no-application'] });
  chip.child.kill('SIGTERM');
  await chip.ended;
});
