import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkIn, runHere, temporaryFolder } from '../../support/side-door.ts';

async function saved(specimen: string) {
  const data = temporaryFolder();
  const folder = join(temporaryFolder(), 'kept');
  const around = ['--training', '--data', data, '--json'];
  const inspected = await runHere(['inspect', '--specimen', specimen, '--save', folder, ...around]);
  const check = () => runHere(['check', folder, ...around]);
  return { data, folder, inspected, check };
}

describe('an inspection that was saved', () => {
  it.each(['se-passport', 'old-passport', 'forged-photo', 'expired', 'aes-256-passport'])(
    '%s: the same checks and verdict from the folder',
    async (specimen) => {
      const { inspected, check } = await saved(specimen);
      const again = await check();
      const { saved: kept, taps, ...answer } = inspected.json();
      // What the folder cannot know: how often the document was laid down.
      expect(taps).toBe(1);
      expect(kept.sealedBy).toMatch(/^[0-9a-f]{64}$/);
      expect(again.json()).toEqual(answer);
      expect(again.status).toBe(inspected.status);
    },
  );

  it('is for this account alone', async () => {
    const { folder } = await saved('se-passport');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it('is not accepted with one byte of any file changed, with a file less, or without its seal', async () => {
    const { folder, inspected, check } = await saved('se-passport');
    expect(inspected.json().verdict).toBe('accept');
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const bytes = readFileSync(path);
      for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 0x20;
        writeFileSync(path, changed);
        const end = await check();
        expect([name, at, end.json().verdict, end.status]).not.toContain('accept');
        expect(end.status).toBe(1);
      }
      rmSync(path);
      expect((await check()).status).toBe(1);
      writeFileSync(path, bytes);
    }
    rmSync(join(folder, 'seal.txt'));
    const unsealed = await check();
    expect(checkIn(unsealed.json(), 'access.pace')).toMatchObject({
      result: 'undetermined',
      code: 'evidence.not-sealed',
    });
    expect(unsealed.json().verdict).toBe('refer');
  });

  it('under the seal of a stranger is not accepted', async () => {
    const { folder } = await saved('se-passport');
    const end = await runHere(['check', folder, '--training', '--data', temporaryFolder(), '--json']);
    expect(checkIn(end.json(), 'secure-messaging')).toMatchObject({ code: 'evidence.signer-unknown' });
    expect(end.json().verdict).toBe('refer');
  });

  it('is judged for a given day, and whole', async () => {
    const { folder, data } = await saved('se-passport');
    const late = await runHere(['check', folder, '--at', '2090-01-01', '--training', '--data', data, '--json']);
    expect(checkIn(late.json(), 'document.expiry').result).toBe('failed');
    const other = ['--sod', join(folder, 'EF.SOD.bin'), '--training', '--data', data, '--json'];
    expect((await runHere(['check', folder, ...other])).json().error.code).toBe('arguments.unusable');
  });

  it('replaces a saved inspection, and nothing else', async () => {
    const { folder, data } = await saved('se-passport');
    const again = ['--training', '--data', data, '--json'];
    const end = await runHere(['inspect', '--specimen', 'old-passport', '--save', folder, ...again]);
    expect(end.json().saved.files.sort()).toEqual(readdirSync(folder).sort());
    const others = temporaryFolder();
    writeFileSync(join(others, 'letter.txt'), 'dear');
    writeFileSync(join(others, 'a-file'), '');
    mkdirSync(join(others, 'sub'));
    for (const place of [others, join(others, 'a-file'), join(others, 'a-file', 'x'), '/proc/nowhere']) {
      const refused = await runHere(['inspect', '--specimen', 'se-passport', '--save', place, ...again]);
      expect(refused.json().error.code).toBe('output.unwritable');
      expect(refused.status).toBe(2);
    }
    expect(readdirSync(others).sort()).toEqual(['a-file', 'letter.txt', 'sub']);
  });

  it('the day of an inspection may be given', async () => {
    const end = await runHere([
      'inspect',
      '--specimen',
      'se-passport',
      '--at',
      '2090-01-01',
      '--training',
      '--data',
      temporaryFolder(),
      '--json',
    ]);
    expect(checkIn(end.json(), 'document.expiry')).toMatchObject({ result: 'failed', detail: { at: '2090-01-01' } });
  });

  it('a trace that cannot be written is named', async () => {
    const end = await runHere([
      'inspect',
      '--specimen',
      'se-passport',
      '--trace',
      '/proc/nowhere/t',
      '--training',
      '--data',
      temporaryFolder(),
      '--json',
    ]);
    expect(end.json().error).toMatchObject({ code: 'output.unwritable', fields: { path: '/proc/nowhere/t' } });
    expect(end.status).toBe(2);
  });
});
