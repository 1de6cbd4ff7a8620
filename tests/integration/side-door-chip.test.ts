import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Pcscd, startPcscd } from '../support/pcscd.ts';
import { checkIn, type RunningCommand, startStyrk, styrk, temporaryFolder } from '../support/side-door.ts';

describe('a chip that another process plays into a real pcscd', () => {
  let pcscd: Pcscd;
  beforeAll(async () => {
    pcscd = await startPcscd();
  });
  afterAll(() => pcscd.stop());

  async function playing(id: string, ...options: string[]): Promise<RunningCommand & { readonly mrz: string }> {
    const chip = startStyrk(['chip', id, '--json', '--vpcd', `127.0.0.1:${pcscd.vpcdPorts[0]}`, ...options]);
    onTestFinished(() => void chip.child.kill('SIGKILL'));
    const told = JSON.parse(await chip.printed((stdout) => stdout.endsWith('\n'))) as { mrz: string[] };
    expect(told).toMatchObject({ specimen: id, connected: true });
    return { ...chip, mrz: told.mrz.join('\n') };
  }

  async function leave(chip: RunningCommand): Promise<void> {
    chip.child.kill('SIGTERM');
    expect((await chip.ended).status).toBe(0);
  }

  const reader = (): string => pcscd.readerNames[0] ?? '';

  it.each([
    ['se-passport', 'accept', 0],
    ['forged-photo', 'reject', 1],
  ])('%s read by inspect: %s', async (id, verdict, status) => {
    const chip = await playing(id);
    const end = await styrk(
      ['inspect', '--training', '--reader', reader(), '--mrz', chip.mrz, '--data', temporaryFolder(), '--json'],
      pcscd.env,
    );
    expect(end.json()).toMatchObject({ verdict, training: true });
    expect(end.status).toBe(status);
    await leave(chip);
  });

  it('a specimen on a reader outside training is read, not believed, and its issuer is unknown', async () => {
    const chip = await playing('se-passport');
    const end = await styrk(['inspect', '--mrz', chip.mrz, '--data', temporaryFolder(), '--json'], pcscd.env);
    expect(end.json().verdict).toBe('refer');
    expect(checkIn(end.json(), 'passive-authentication.path')).toMatchObject({ result: 'undetermined' });
    expect(end.status).toBe(1);
    await leave(chip);
  });

  it('a driving licence is told from a passport without any key', async () => {
    const chip = await playing('driving-licence');
    const end = await styrk(['inspect', '--training', '--data', temporaryFolder(), '--json'], pcscd.env);
    expect(checkIn(end.json(), 'document.type')).toMatchObject({ result: 'failed', code: 'document.no-application' });
    await leave(chip);
  });

  it('a passport without a key is not opened, and says why', async () => {
    const chip = await playing('se-passport');
    const end = await styrk(['inspect', '--training', '--data', temporaryFolder(), '--json'], pcscd.env);
    expect(end.json().reasons).toContain('access.key-missing');
    expect(end.status).toBe(1);
    await leave(chip);
  });

  it.each([8, 12, 16])('a chip torn at command %i and laid back is read on to the whole result', async (at) => {
    const chip = await playing('se-passport', '--fault', `leave-at-command=${at}`);
    const inspecting = startStyrk(
      ['inspect', '--training', '--mrz', chip.mrz, '--data', temporaryFolder(), '--json'],
      pcscd.env,
    );
    await chip.told('The chip left the field.');
    await leave(chip);
    // It is said where nothing lies there when the command looks: on a busy machine the next chip may be quicker than that look.
    await inspecting.told("Put it back and we'll carry on.");
    const back = await playing('se-passport');
    const end = await inspecting.ended;
    expect(end.json()).toMatchObject({ verdict: 'accept', taps: 2 });
    expect(end.json().reading.bytesTakenOver ?? 0).toBeGreaterThanOrEqual(at > 9 ? 1 : 0);
    expect(end.stderr.includes('The same document: reading goes on where it stopped.')).toBe(at > 9);
    expect(end.status).toBe(0);
    await leave(back);
  });

  it('a chip that leaves by itself comes back by itself, and verify keeps how often it was laid down', async () => {
    const chip = await playing('torn', '--lay-back');
    const holder = ['--holder', 'asa', '--purpose', 'renew-bankid', '--face', 'same'];
    const end = await styrk(
      ['verify', '--training', ...holder, '--mrz', chip.mrz, '--data', temporaryFolder(), '--json'],
      pcscd.env,
    );
    expect(end.json().taps).toBe(2);
    expect(end.json().reading.bytesTakenOver).toBeGreaterThan(500);
    expect(checkIn(end.json(), 'passive-authentication.hashes').result).toBe('successful');
    expect(checkIn(end.json(), 'chip-authentication').result).toBe('successful');
    await leave(chip);
  });

  it('another chip instead of the torn one is read afresh, and said', async () => {
    const chip = await playing('se-passport', '--fault', 'leave-at-command=16');
    const inspecting = startStyrk(
      ['inspect', '--training', '--mrz', chip.mrz, '--data', temporaryFolder(), '--json'],
      pcscd.env,
    );
    await chip.told('The chip left the field.');
    await leave(chip);
    const other = await playing('se-passport', '--fault', 'signer-expired');
    const end = await inspecting.ended;
    expect(end.json().taps).toBe(2);
    expect(end.json().verdict).not.toBe('accept');
    expect(end.json().reading.bytesTakenOver).toBeUndefined();
    expect(end.stderr).toContain('This is another document.');
    await leave(other);
  });

  it('with --taps 1 a torn reading ends at once, by name', async () => {
    const chip = await playing('torn', '--lay-back');
    const end = await styrk(
      ['inspect', '--training', '--taps', '1', '--mrz', chip.mrz, '--data', temporaryFolder(), '--json'],
      pcscd.env,
    );
    expect(end.json()).toMatchObject({ reasons: ['card.removed'], taps: 1 });
    expect(end.json().document.number).toBe('XA000114');
    expect(end.status).toBe(1);
    await leave(chip);
  });

  it('a chip that delays its refusal is not tried again, and the wait is told', async () => {
    const chip = await playing('se-passport', '--fault', 'growing-delay');
    const wrongKey = ['--document-number', 'XA000000', '--birth', '910717', '--expiry', '301019'];
    const end = await styrk(['inspect', '--training', ...wrongKey, '--data', temporaryFolder(), '--json'], pcscd.env);
    expect(checkIn(end.json(), 'access.pace')).toMatchObject({ result: 'failed', code: 'access.wrong-key' });
    expect(checkIn(end.json(), 'access.pace').detail.delayMillis).toBeGreaterThanOrEqual(1_000);
    expect(end.stderr).toMatch(/Wait (?:[3-9]|[1-9]\d) seconds before another try\./);
    expect(end.json().taps).toBe(1);
    await leave(chip);
  });

  it('readers and doctor name the readers', async () => {
    const readers = await styrk(['readers', '--json'], pcscd.env);
    expect(readers.json().readers.map(({ name }: { name: string }) => name)).toEqual(pcscd.readerNames);
    const doctor = await styrk(['doctor', '--data', temporaryFolder(), '--json'], pcscd.env);
    const lineOf = (id: string, detail: string) =>
      expect.objectContaining({ id, state: 'ok', detail: expect.stringContaining(detail) });
    expect(doctor.json().items).toContainEqual(lineOf('service', 'installed: pcsc-lite '));
    for (const name of pcscd.readerNames)
      expect(doctor.json().items).toContainEqual(
        lineOf('reader', `${name}: extended APDUs yes (its driver does not say`),
      );
    // The virtual reader's driver answers neither question, and no place is made up for it.
    const untold = 'place not known (neither its driver nor the system says)';
    const told = doctor.json().items.filter(({ detail }: { detail: string }) => detail.endsWith(untold));
    expect(told).toHaveLength(pcscd.readerNames.length);
  });

  it('a reader that is set with a place goes by its name where its driver tells no place', async () => {
    const chip = await playing('se-passport');
    const set = ['--reader', `${reader()} @1-2.1:1.0`];
    const end = await styrk(
      ['inspect', '--training', ...set, '--mrz', chip.mrz, '--data', temporaryFolder(), '--json'],
      pcscd.env,
    );
    expect(end.json().verdict).toBe('accept');
    await leave(chip);
  });

  it('a reader that is not there is named, exit status 3', async () => {
    const end = await styrk(
      ['inspect', '--reader', 'No Such Reader', '--data', temporaryFolder(), '--json'],
      pcscd.env,
    );
    expect(end.json().error.code).toBe('reader.not-found');
    expect(end.status).toBe(3);
  });

  it('where no card comes the inspection ends by itself with every check aborted', async () => {
    const end = await styrk(['inspect', '--data', temporaryFolder(), '--json'], pcscd.env);
    expect(end.json()).toMatchObject({ verdict: 'refer', reasons: ['card.absent'], document: null });
    expect(end.status).toBe(1);
  });

  it('the chip ends when its reader closes', async () => {
    const chip = await playing('bank-card');
    await pcscd.kill();
    expect((await chip.ended).status).toBe(0);
    const end = await styrk(['inspect', '--data', temporaryFolder(), '--json'], pcscd.env);
    expect(end.json().error.code).toBe('reader.service-stopped');
    expect(end.status).toBe(3);
    await pcscd.restart();
  });

  it('no virtual reader: connection.refused, exit status 3', async () => {
    const end = await styrk(['chip', 'se-passport', '--vpcd', '127.0.0.1:1', '--json']);
    expect(end.json().error.code).toBe('connection.refused');
    expect(end.status).toBe(3);
  });
});
