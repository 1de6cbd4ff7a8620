import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigit } from '../../../main/document/mrz-check-digit.ts';
import { checkEvidence } from '../../../main/inspection/check-evidence.ts';
import { savedFileName } from '../../../main/keeping/saved-files.ts';
import { machineClock } from '../../../main/machine/clock.ts';
import { inspectionCheckIds } from '../../../main/result/check.ts';
import { listSpecimens } from '../../../main/simulator/documents/list-specimens.ts';
import { issueSpecimen } from '../../../main/simulator/documents/specimens.ts';
import { checkIn, runHere, temporaryFolder } from '../../support/side-door.ts';
import { specimenResources } from '../../support/specimen-resources.ts';

const documentIds = inspectionCheckIds;
const nobody = { candidates: async () => [], size: async () => 0 };

function savedSpecimen(id: string): string {
  const folder = temporaryFolder();
  const { files } = issueSpecimen(id, machineClock.today(), specimenResources);
  for (const [name, bytes] of files)
    writeFileSync(join(folder, `${name.replace('.', '_').replace('/', '-')}.bin`), bytes);
  return folder;
}

describe('saved files', () => {
  it("of a specimen pass as the specimen's files, and are never accepted", async () => {
    const folder = savedSpecimen('se-passport');
    expect(readdirSync(folder)).toContain('EF_DG1.bin');
    const end = await runHere(['check', folder, '--training', '--data', temporaryFolder(), '--json']);
    const answer = end.json();
    for (const part of ['hashes', 'signature', 'path', 'validity', 'country'])
      expect(checkIn(answer, `passive-authentication.${part}`).result).toBe('successful');
    expect(checkIn(answer, 'card-access.consistency').result).toBe('successful');
    expect(checkIn(answer, 'access.pace')).toMatchObject({ result: 'undetermined', code: 'file.not-read' });
    expect(answer).toMatchObject({ verdict: 'refer', access: null, document: { number: 'XA000101' } });
    expect(end.status).toBe(1);
  });

  it('of a specimen are not believed outside training', async () => {
    const end = await runHere(['check', savedSpecimen('se-passport'), '--data', temporaryFolder(), '--json']);
    expect(checkIn(end.json(), 'passive-authentication.path')).toMatchObject({ result: 'undetermined' });
  });

  it.each([
    ['forged-photo', 'passive-authentication.hashes'],
    ['forged-signature', 'passive-authentication.signature'],
  ])('of %s are rejected', async (id, check) => {
    const end = await runHere(['check', savedSpecimen(id), '--training', '--data', temporaryFolder(), '--json']);
    expect(end.json().verdict).toBe('reject');
    expect(checkIn(end.json(), check).result).toBe('failed');
  });

  it('the day may be another one', async () => {
    const folder = savedSpecimen('se-passport');
    const late = ['--at', '2090-01-01', '--training', '--data', temporaryFolder(), '--json'];
    const end = await runHere(['check', folder, ...late]);
    expect(checkIn(end.json(), 'document.expiry')).toMatchObject({ result: 'failed', detail: { at: '2090-01-01' } });
  });

  it('are compared with the lines of the page that lie beside them', async () => {
    const folder = savedSpecimen('se-passport');
    const { mrz = [] } = listSpecimens(machineClock.today()).find(({ id }) => id === 'se-passport') ?? {};
    const found = async (lines: readonly string[], options: readonly string[] = []) => {
      writeFileSync(join(folder, 'page.mrz'), `${lines.join('\r\n')}\r\n`);
      const end = await runHere(['check', folder, ...options, '--training', '--data', temporaryFolder(), '--json']);
      expect(end.json().verdict).not.toBe('accept');
      return checkIn(end.json(), 'document.mrz');
    };
    expect(await found(mrz)).toMatchObject({ result: 'successful', detail: { page: 'lines' } });
    const [first = '', second = ''] = mrz;
    const other = [`${first.slice(0, 5)}ANOTHER<<NAME`.padEnd(44, '<'), second];
    expect(await found(other)).toMatchObject({
      result: 'failed',
      code: 'mrz.differs',
      detail: { different: ['name'] },
    });
    const right = join(temporaryFolder(), 'right.txt');
    writeFileSync(right, mrz.join('\n'));
    expect(await found(other, ['--page', right])).toMatchObject({ result: 'successful' });
  });

  // Software that keeps no files of a chip keeps its lines: 9303-10 §4.7.1, DG1 holds nothing else.
  it('may be the lines of the chip alone: a birth date of which parts are unknown is one on both sides', async () => {
    const zone = (birth: string) => {
      const line = `AA000001<3SWE${birth}${checkDigit(birth)}F3001019<<<<<<<<<<<<<<<`;
      const whole = checkDigit(line.slice(0, 10) + line.slice(13, 20) + line.slice(21, 43));
      return `${'P<SWEPERSSON<<ANNA'.padEnd(44, '<')}\n${line.slice(0, 43)}${whole}\n`;
    };
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'chip.mrz'), zone('800000'));
    writeFileSync(join(folder, 'page.mrz'), zone('80<<<<'));
    const data = ['--training', '--data', temporaryFolder(), '--at', '2026-11-23', '--json'];
    const end = await runHere(['check', folder, ...data]);
    expect(checkIn(end.json(), 'document.mrz')).toMatchObject({ result: 'successful', detail: { page: 'lines' } });
    expect(end.json()).toMatchObject({ verdict: 'refer', document: { number: 'AA000001' } });
    writeFileSync(join(folder, 'page.mrz'), zone('79<<<<'));
    const wrong = await runHere(['check', folder, ...data]);
    expect(checkIn(wrong.json(), 'document.mrz')).toMatchObject({
      code: 'mrz.differs',
      detail: { different: ['birthDate'] },
    });
  });

  it('that are the lines of a page alone are nothing of a chip, and nonsense is named', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'page.mrz'), 'P<SWE');
    const data = ['--training', '--data', temporaryFolder(), '--json'];
    expect((await runHere(['check', folder, ...data])).json().error).toMatchObject({ code: 'input.unreadable' });
    writeFileSync(join(folder, 'chip.mrz'), 'P<SWE');
    expect((await runHere(['check', folder, ...data])).json().error).toMatchObject({ code: 'mrz.malformed' });
    rmSync(join(folder, 'page.mrz'));
    const end = await runHere(['check', folder, ...data]);
    expect(checkIn(end.json(), 'document.mrz')).toMatchObject({ result: 'failed', code: 'data-group.malformed' });
    writeFileSync(join(folder, 'chip.mrz'), '<'.repeat(300));
    expect((await runHere(['check', folder, ...data])).json().error).toMatchObject({ code: 'input.too-large' });
  });

  it('what an option names counts before what the folder holds', async () => {
    const other = savedSpecimen('forged-photo');
    const photo = ['--dg', `2=${join(other, 'EF_DG2.bin')}`];
    const end = await runHere([
      'check',
      savedSpecimen('se-passport'),
      ...photo,
      '--training',
      '--data',
      temporaryFolder(),
      '--json',
    ]);
    expect(checkIn(end.json(), 'passive-authentication.hashes').detail.dataGroups).toMatchObject({
      DG1: 'identical',
      DG2: 'not identical',
    });
  });

  it('both security objects: each is judged for itself, as at the chip, and a forged EF.CardSecurity is said', async () => {
    const folder = savedSpecimen('se-passport');
    writeFileSync(join(folder, 'EF.CardSecurity'), 'nonsense');
    const end = await runHere(['check', folder, '--training', '--data', temporaryFolder(), '--json']);
    expect(checkIn(end.json(), 'passive-authentication.signature').result).toBe('successful');
    expect(checkIn(end.json(), 'pace-cam').result).toBe('failed');
    expect(end.json().verdict).toBe('reject');
  });

  it.each(['EF.SOD', 'EF.CardSecurity', 'EF.DG1', 'EF.DG2', 'EF.DG11', 'EF.DG14', 'EF.CardAccess', 'EF.COM'] as const)(
    'nonsense as %s ends in checks, each once, never in a crash or in trust',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
          const at = machineClock.today();
          const { checks } = await checkEvidence(
            { files: new Map([[name, bytes]]), facts: null },
            { at, trust: nobody },
          );
          expect(checks.map(({ id }) => id)).toEqual(documentIds);
          expect(checks.filter(({ result }) => result === 'successful')).toEqual([]);
        }),
        { numRuns: 60 },
      );
    },
  );
});

describe('files that cannot be used', () => {
  it('missing, empty, too large, and a folder without a file of a chip: exit status 2', async () => {
    const folder = temporaryFolder();
    const empty = join(folder, 'empty');
    const large = join(folder, 'large');
    writeFileSync(empty, '');
    writeFileSync(large, new Uint8Array(70_000));
    const data = ['--data', temporaryFolder(), '--json'];
    for (const [argv, code] of [
      [['--sod', join(folder, 'missing')], 'input.unreadable'],
      [['--sod', empty], 'input.unreadable'],
      [['--sod', large], 'input.too-large'],
      [[folder], 'input.unreadable'],
      [[join(folder, 'missing')], 'input.unreadable'],
    ] as const) {
      const end = await runHere(['check', ...argv, ...data]);
      expect(end.json().error.code).toBe(code);
      expect(end.status).toBe(2);
    }
  });

  it('two files of a folder that are the same file of a chip are not guessed between', async () => {
    const folder = savedSpecimen('se-passport');
    writeFileSync(join(folder, 'dg1.bin'), 'other');
    const end = await runHere(['check', folder, '--data', temporaryFolder(), '--json']);
    expect(end.json().error).toMatchObject({ code: 'arguments.unusable', fields: { file: 'EF.DG1' } });
  });
});

it.each([
  ['EF.SOD.bin', 'EF.SOD'],
  ['EF_DG14.bin', 'EF.DG14'],
  ['dg2', 'EF.DG2'],
  ['ef.cardaccess', 'EF.CardAccess'],
  ['EF.DG17.bin', null],
  ['DG0', null],
  ['notes.txt', null],
  ['EF.SOD.bin.old.bak', null],
])('a file named %s is %s', (name, file) => {
  expect(savedFileName(name)).toBe(file);
});
