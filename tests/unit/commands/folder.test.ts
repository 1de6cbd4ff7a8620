import { chmodSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { trainingAnchors } from '../../../main/simulator/issuing/issuers.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';

const header = 'id,personalNumber,givenNames,surname,birthDate';

function fileWith(text: string | Uint8Array): string {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, text);
  return path;
}

describe('an ordinary folder', () => {
  it('keeps holders under a passphrase and opens with no other', async () => {
    const data = temporaryFolder();
    const register = fileWith(`${header}\n4711,199107172380,Åsa Maria,Öberg-Lindström,1991-07-17\n`);
    const key = ['--passphrase-file', fileWith('correct horse\n'), '--data', data, '--json'];
    const imported = await runHere(['holders', 'import', register, ...key]);
    const none = { rejected: 0, rejects: [], sharing: [], remarks: [], notes: [], unused: [] };
    const told = { encoding: 'utf-8', resumed: false, taken: true };
    expect(imported.json()).toEqual({ read: 1, added: 1, replaced: 0, ...none, ...told });
    const found = await runHere(['holders', 'find', '910717-2380', ...key]);
    expect(found.json().holders).toMatchObject([{ id: '4711', matchedBy: 'personal-number' }]);
    expect((await runHere(['holders', 'find', 'nobody', ...key])).json()).toEqual({ holders: [] });

    const locked = await runHere(['holders', 'find', '4711', '--data', data, '--json']);
    expect(locked.json().error).toMatchObject({ code: 'storage.locked', fields: { advice: 'give-passphrase' } });
    expect(locked.status).toBe(3);
    expect(locked.stderr).toContain('At the command line: --passphrase-file FILE');
    const wrong = ['--passphrase-file', fileWith('other horse'), '--data', data, '--json'];
    expect((await runHere(['holders', 'find', '4711', ...wrong])).json().error.code).toBe('storage.wrong-key');
    const keyFile = ['--key-file', fileWith('00'.repeat(32)), '--data', data, '--json'];
    expect((await runHere(['records', 'list', ...keyFile])).json().error.code).toBe('storage.key-file-training');
  });

  it.runIf(process.platform !== 'win32')('says each time when others may read the passphrase', async () => {
    const passphrase = fileWith('correct horse\n');
    const find = () =>
      runHere(['holders', 'find', 'x', '--passphrase-file', passphrase, '--data', temporaryFolder(), '--json']);
    chmodSync(passphrase, 0o600);
    expect((await find()).stderr).not.toContain(passphrase);
    chmodSync(passphrase, 0o640);
    expect((await find()).stderr).toContain(`Others on this machine may read ${passphrase}`);
  });

  it.each([
    ['records', 'list'],
    ['records', 'check'],
    ['holders', 'find', 'x'],
    ['verify', '--holder', 'x', '--purpose', 'renew-bankid'],
  ])('without a key is locked for %s %s: exit status 3', async (...argv) => {
    const data = temporaryFolder();
    await runHere(['trust', 'limits', '--data', data]);
    const end = await runHere([...argv, '--data', data, '--json']);
    expect(end.json().error.code).toBe('storage.locked');
    expect(end.status).toBe(3);
  });

  it('is ordinary from its first use, and a training folder stays one', async () => {
    const data = temporaryFolder();
    await runHere(['trust', 'limits', '--data', data]);
    expect((await runHere(['trust', 'list', '--data', data, '--json'])).json()).toMatchObject({ certificates: [] });
    const end = await runHere(['inspect', '--training', '--specimen', 'se-passport', '--data', data, '--json']);
    expect(end.json().error.code).toBe('data.kind');
    expect(end.status).toBe(2);
  });

  it('refuses a foreign file by its path and leaves it as it is', async () => {
    const data = temporaryFolder();
    const foreign = 'not a database at all, but somebody may need it';
    writeFileSync(join(data, 'styrk.db'), foreign);
    const end = await runHere(['trust', 'list', '--data', data, '--json']);
    expect(end.json().error).toMatchObject({ fields: { path: join(data, 'styrk.db') } });
    expect(end.status).toBe(2);
    expect(readFileSync(join(data, 'styrk.db'), 'utf8')).toBe(foreign);
  });

  // Numbers are not people: states have given one to two.
  it('takes two holders with one number, and names the lines', async () => {
    const key = ['--passphrase-file', fileWith('correct horse\n'), '--data', temporaryFolder()];
    const rows = '1,199107172380,Åsa,Öberg,1991-07-17\n2,,Hans,Müller,\n3,910717-2380,Göran,Ek,1991-07-16\n';
    const register = fileWith(`${header}\n${rows}`);
    const imported = await runHere(['holders', 'import', register, ...key, '--json']);
    const remarks = [{ line: 4, remark: 'neighbour-day' }];
    expect(imported.json()).toMatchObject({ read: 3, added: 3, replaced: 0, rejected: 0, sharing: [2, 4], remarks });
    const found = await runHere(['holders', 'find', '910717-2380', ...key, '--json']);
    expect(
      found
        .json()
        .holders.map(({ id }: { id: string }) => id)
        .sort(),
    ).toEqual(['1', '3']);
    const again = await runHere(['holders', 'import', register, ...key]);
    expect(again.stdout).toContain('line 2, 4');
    expect(again.stdout).not.toContain('2380');
  });

  it('takes no half of a register', async () => {
    const data = temporaryFolder();
    const key = ['--passphrase-file', fileWith('correct horse'), '--data', data, '--json'];
    await runHere(['station', 'set', 'attended', ...key]);
    const bad = fileWith(`${header}\n1,199107172380,Åsa,Öberg,1991-07-17\n2,199107172381,Göran,Ek,1991-07-17\n`);
    const end = await runHere(['holders', 'import', bad, ...key]);
    expect(end.json().error).toMatchObject({ code: 'holder.import-malformed', fields: { line: 3 } });
    expect(end.status).toBe(2);
    expect((await runHere(['holders', 'find', '1', ...key])).json()).toEqual({ holders: [] });
    // A reason in words, for whoever mends the file; never what the line holds.
    expect(end.stderr).toContain('Line 3: the last digit of the number does not fit the others.');
    expect(end.stderr).not.toContain('2381');
    const headless = await runHere(['holders', 'import', fileWith('id,names\n'), ...key]);
    expect(headless.stderr).toContain('Line 1: the first line does not name an id and a name once each.');
  });
});

describe('trust', () => {
  it("never takes the specimens' issuers outside training", async () => {
    const data = temporaryFolder();
    for (const anchor of trainingAnchors()) {
      const end = await runHere(['trust', 'import', fileWith(anchor), '--pin', '--data', data, '--json']);
      expect(end.json().error.code).toBe('certificate.training-issuer');
      expect(end.status).toBe(2);
    }
    expect((await runHere(['trust', 'list', '--data', data, '--json'])).json().certificates).toEqual([]);
  });

  it.each([
    ['a certificate that nobody vouches for', trainingAnchors()[0] ?? new Uint8Array(), [], 'arguments.unusable'],
    ['nonsense', 'nonsense', [], 'trust.file-unknown'],
    ['nonsense as a certificate', 'nonsense', ['--pin'], 'trust.file-unknown'],
    ['both ways at once', 'nonsense', ['--pin', '--signer', '/x'], 'arguments.unusable'],
  ])('%s is refused: %s', async (_what, bytes, options, code) => {
    const end = await runHere(['trust', 'import', fileWith(bytes), ...options, '--data', temporaryFolder(), '--json']);
    expect(end.json().error.code).toBe(code);
    expect(end.status).toBe(2);
  });
});

describe('a training folder', () => {
  it('has its roster, its issuers and its own key from the start', async () => {
    const data = temporaryFolder();
    const found = await runHere(['holders', 'find', 'asa', '--training', '--data', data, '--json']);
    expect(found.json().holders).toMatchObject([{ id: 'asa', personalNumber: '199107172380' }]);
    expect(existsSync(join(data, 'training.key'))).toBe(true);
    const listed = await runHere(['trust', 'list', '--training', '--data', data, '--json']);
    expect(listed.json().certificates.length).toBeGreaterThan(0);
  });

  it('a trace holds every exchange of a reading', async () => {
    const trace = join(temporaryFolder(), 'trace');
    const options = [
      '--training',
      '--specimen',
      'se-passport',
      '--data',
      temporaryFolder(),
      '--trace',
      trace,
      '--json',
    ];
    const { exchanges } = (await runHere(['inspect', ...options])).json().reading;
    const lines = readFileSync(trace, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(exchanges);
    for (const line of lines)
      expect(JSON.parse(line)).toEqual({ c: expect.any(String), r: expect.stringMatching(/^[0-9a-f]{4,}$/) });
  });

  it.each(['file', 'link'])(
    'a trace is not written onto a %s that is there: its mode and its place are not ours',
    async (kind) => {
      const folder = temporaryFolder();
      const [trace, other] = [join(folder, 'trace'), join(folder, 'other')];
      if (kind === 'file') writeFileSync(trace, 'kept', { mode: 0o644 });
      else symlinkSync(other, trace);
      const data = temporaryFolder();
      const end = await runHere([
        'inspect',
        '--training',
        '--specimen',
        'se-passport',
        '--data',
        data,
        '--trace',
        trace,
        '--json',
      ]);
      expect(end.json().error).toMatchObject({ code: 'output.unwritable', fields: { reason: 'EEXIST' } });
      expect(kind === 'file' ? readFileSync(trace, 'utf8') : existsSync(other)).toBe(kind === 'file' ? 'kept' : false);
    },
  );

  it.runIf(process.platform !== 'win32')('a trace is its owner’s alone', async () => {
    const trace = join(temporaryFolder(), 'trace');
    const data = temporaryFolder();
    await runHere(['inspect', '--training', '--specimen', 'se-passport', '--data', data, '--trace', trace]);
    expect(statSync(trace).mode & 0o777).toBe(0o600);
  });

  it('doctor looks without making anything', async () => {
    const data = join(temporaryFolder(), 'new');
    const end = await runHere(['doctor', '--training', '--data', data, '--json']);
    expect(end.json().items.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining(['runtime', 'reader-binding', 'service', 'readers', 'storage', 'trust', 'clock']),
    );
    expect(existsSync(data)).toBe(false);
  });

  it('doctor shows no tick for a folder that cannot be made', async () => {
    const file = fileWith('a file, and no folder');
    // A path below a file, and one on a file system that takes no folders: rights alone would not tell either from root.
    for (const data of [join(file, 'data'), ...(existsSync('/proc/self') ? ['/proc/styrk/data'] : [])]) {
      const end = await runHere(['doctor', '--training', '--data', data, '--json']);
      const storage = end.json().items.find(({ id }: { id: string }) => id === 'storage');
      expect(storage).toMatchObject({ state: 'missing', code: 'storage.refused' });
      expect(end.status).toBe(3);
    }
  });
});

describe('a folder that is not there', () => {
  // A mistyped --data must not read as an empty station: "the chain is whole, 0 records" would be said of nothing.
  it.each([
    ['records', 'check'],
    ['records', 'list'],
    ['records', 'show', 'any'],
    ['holders', 'find', 'any'],
    ['trust', 'list'],
    ['trust', 'show'],
    ['trust', 'why', 'abcdef'],
    ['trust', 'history'],
    ['trust', 'reread'],
    ['trust', 'mend', '--by', 'A. Berg', '--by', 'C. Dahl', '--reason', 'an edited copy'],
    ['trust', 'unpin', 'abcdef', '--by', 'A. Berg'],
    ['trust', 'restore', '--by', 'A. Berg', '--by', 'C. Dahl'],
    ['station', 'show'],
  ])('is told as missing by %s %s, and not made', async (...command) => {
    const data = join(temporaryFolder(), 'mistyped');
    const end = await runHere([...command, '--data', data, '--passphrase-file', fileWith('correct horse'), '--json']);
    expect(end.json().error.code).toBe('storage.missing');
    expect(end.status).toBe(3);
    expect(existsSync(data)).toBe(false);
  });
});

describe('trust unpin', () => {
  it('asks nobody to agree to a signer that is not pinned', async () => {
    const key = ['--data', temporaryFolder(), '--passphrase-file', fileWith('correct horse'), '--json'];
    await runHere(['station', 'set', 'attended', ...key]);
    let asked = 0;
    const answerLine = async () => {
      asked += 1;
      return 'yes';
    };
    const end = await runHere(['trust', 'unpin', 'abcdef', '--by', 'A. Berg', ...key], { answerLine });
    expect(end.json().error.code).toBe('trust.pin-unknown');
    expect(asked).toBe(0);
  });
});
