import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { managedIn, managedNames, nothingManaged, readManagedSettings } from '../../../main/house/managed-settings.ts';
import type { ManagedSurroundings } from '../../../main/machine/managed-source.ts';
import { settingNames } from '../../../main/result/setting-names.ts';
import { languages } from '../../../resources/texts/languages.ts';
import { failureOf } from '../../support/failure-code.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';

const samples = resolve(import.meta.dirname, '../../../docs/samples/managed');
const sample = readFileSync(join(samples, 'managed.json'), 'utf8');
const everyName = [...managedNames].toSorted();
const noTool = (): Uint8Array => {
  throw new Error('no tool is to be run');
};

function place(content: string | null, mode = 0o644): ManagedSurroundings & { readonly folder: string } {
  const folder = join(temporaryFolder(), 'etc');
  mkdirSync(folder, { mode: 0o755 });
  const path = join(folder, 'managed.json');
  if (content !== null) {
    writeFileSync(path, content);
    chmodSync(path, mode);
  }
  return { folder, platform: 'linux', place: path, owner: process.getuid?.() ?? 0, run: noTool };
}
const refusal = (around: ManagedSurroundings) => failureOf(() => readManagedSettings(around))?.fields;

describe.skipIf(process.platform === 'win32')('the file of Linux', () => {
  it('sets what it names, and a machine without one is not managed', () => {
    const { names, directory, kept, ways } = readManagedSettings(place(sample));
    expect(names.toSorted()).toEqual(everyName.filter((name) => name !== 'trustAuthority'));
    expect(directory).toBe('/srv/styrk');
    expect(kept.get(settingNames.kind)?.value).toBe('attended');
    expect(kept.get(settingNames.source)?.value).toEqual({
      places: ['https://lists.bank.example/master-list.ml'],
      authority: null,
    });
    expect(kept.get(settingNames.revocationStates)?.value).toEqual(['SWE', 'NOR']);
    expect(ways).toEqual(['native-messaging', 'https']);
    expect(readManagedSettings(place(null))).toBe(nothingManaged);
  });

  // CWE-732: what others may write, others set; also whoever may put another file in its place.
  it('counts for nothing where others may write it, its folder, or own it, and the app does not go on without it', () => {
    for (const mode of [0o664, 0o646, 0o666])
      expect(refusal(place(sample, mode))).toMatchObject({ reason: 'others may write it' });
    const inOpenFolder = place(sample);
    chmodSync(inOpenFolder.folder, 0o777);
    expect(refusal(inOpenFolder)).toMatchObject({ reason: 'others may write it' });
    const ofAnother = place(sample);
    expect(refusal({ ...ofAnother, owner: (ofAnother.owner ?? 0) + 1 })).toMatchObject({
      reason: 'others may write it',
    });
    const elsewhere = place(null);
    const target = join(temporaryFolder(), 'open.json');
    writeFileSync(target, sample);
    chmodSync(target, 0o666);
    symlinkSync(target, elsewhere.place);
    expect(refusal(elsewhere)).toMatchObject({ reason: 'others may write it' });
  });

  it.each([
    ['no JSON', '{', { reason: 'not JSON' }],
    ['a name twice', '{"kind":"attended","kind":"unattended"}', { reason: 'a member twice' }],
    ['a list', '[]', { reason: 'not understood' }],
    ['an unknown name', '{"kindd":"attended"}', { setting: 'kindd' }],
    ['a name of every object', '{"__proto__":{"kind":"attended"}}', { reason: expect.any(String) }],
    ['another type', '{"kind":["attended"]}', { setting: 'kind' }],
    ['an unknown kind', '{"kind":"supervised"}', { setting: 'kind' }],
    ['a folder that is no whole path', '{"dataFolder":"styrk"}', { setting: 'dataFolder' }],
    ['an address that is not https', '{"trustPlaces":["http://lists.example/"]}', { setting: 'trustPlaces' }],
    ['no place', '{"trustPlaces":[]}', { setting: 'trustPlaces' }],
    ['an authority for no place', '{"trustAuthority":"x"}', { setting: 'trustAuthority' }],
    ['no authority', '{"trustPlaces":["https://lists.example/"],"trustAuthority":"x"}', { setting: 'trustPlaces' }],
    ['a state that is none', '{"revocationStates":["XQX"]}', { setting: 'revocationStates' }],
    ['an unknown way', '{"answerWays":["pigeon"]}', { setting: 'answerWays.0' }],
    ['a language that there is not', '{"language":"de"}', { setting: 'language' }],
    ['a megabyte', `{"reader":"${'x'.repeat(70_000)}"}`, { reason: 'too large' }],
    ['nothing', '', { reason: 'not JSON' }],
  ])('%s is refused, all of it', (_what, content, fields) => {
    const around = place(content);
    expect(refusal(around)).toMatchObject({ path: around.place, ...fields });
    expect(failureOf(() => readManagedSettings(around))?.code).toBe('settings.unusable');
  });

  it('a folder in its place is refused', () => {
    const around = place(null);
    mkdirSync(around.place);
    expect(refusal(around)).toMatchObject({ reason: 'not a file' });
  });
});

// No Windows here: these are the words that reg.exe prints (Microsoft Learn, `reg query`), by our reading of them.
describe('the registry of Windows, as reg.exe prints it', () => {
  const key = 'HKLM\\SOFTWARE\\Policies\\Styrk';
  const head = '\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Styrk\r\n';
  const around = (values: string | null, parent = values !== null): ManagedSurroundings => ({
    platform: 'win32',
    place: key,
    owner: null,
    run: (program, given) => {
      expect(program).toMatch(/\\System32\\reg\.exe$/);
      if (given[1] === 'HKLM\\SOFTWARE\\Policies')
        return new TextEncoder().encode(
          `\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\r\n${parent ? head.slice(2) : ''}`,
        );
      expect(given).toEqual(['query', key, '/se', '|']);
      if (values === null) throw new Error('reg.exe ended with 1');
      return Uint8Array.from(Buffer.from(`${head}${values}\r\n`, 'latin1'));
    },
  });

  it('sets what a policy set', () => {
    const { names, directory, kept, ways } = readManagedSettings(
      around(
        [
          '    DataFolder    REG_SZ    D:\\Styrk data',
          '    Kind    REG_SZ    unattended',
          '    AnswerWays    REG_MULTI_SZ    link|https',
          '    TrustPlaces    REG_MULTI_SZ    https://lists.example/a.ml|https://lists.example/b.ml',
          '    RevocationStates    REG_MULTI_SZ',
          '    Reader    REG_SZ    ACS ACR1252    00 00',
        ]
          .filter((line) => process.platform === 'win32' || !line.includes('DataFolder'))
          .join('\r\n'),
      ),
    );
    expect(names).toContain('kind');
    if (process.platform === 'win32') expect(directory).toBe('D:\\Styrk data');
    expect(ways).toEqual(['link', 'https']);
    expect(kept.get(settingNames.revocationStates)?.value).toEqual([]);
    expect(kept.get(settingNames.reader)?.value).toBe('ACS ACR1252    00 00');
    expect(kept.get(settingNames.source)?.value).toMatchObject({
      places: ['https://lists.example/a.ml', 'https://lists.example/b.ml'],
    });
  });

  it('of a machine without the key is not managed; a key that cannot be read ends the start', () => {
    expect(readManagedSettings(around(null))).toBe(nothingManaged);
    expect(() => readManagedSettings(around(null, true))).toThrow();
  });

  it.each([
    ['another kind of value', '    Kind    REG_DWORD    0x1', 'the kind of Kind'],
    ['a name twice', '    Kind    REG_SZ    attended\r\n    kind    REG_SZ    unattended', 'a name twice'],
    ['what is not understood', 'Kind=attended', 'not understood'],
    ['a key below', `${head}\\More`, 'not understood'],
    ['letters whose code page nobody knows', '    Reader    REG_SZ    L\u00e4sare', 'letters outside ASCII'],
    ['an unknown name', '    Kindd    REG_SZ    attended', 'not understood'],
  ])('%s is refused', (_what, values, reason) => {
    expect(refusal(around(values))).toMatchObject({ path: key, reason });
  });
});

describe('the profile of macOS', () => {
  it('is read by the system’s own tool, without what the system writes into it', () => {
    const around = place('bplist00');
    const json = JSON.stringify({ ...JSON.parse(sample), PayloadUUID: 'X' });
    const managed = readManagedSettings({
      ...around,
      platform: 'darwin',
      run: (program, given) => {
        expect([program, ...given]).toEqual(['/usr/bin/plutil', '-convert', 'json', '-o', '-', around.place]);
        return new TextEncoder().encode(json);
      },
    });
    expect(managed.kept.get(settingNames.kind)?.value).toBe('attended');
  });
});

describe('the samples for administrators', () => {
  const text = (...path: string[]) => readFileSync(join(samples, ...path), 'utf8');
  const found = (content: string, form: RegExp) => [...content.matchAll(form)].map(([, name = '']) => name);
  const asFile = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

  it('Windows: the policy file sets every name and no other, with words for each', () => {
    const admx = text('styrk.admx');
    expect(
      found(admx, /valueName="(\w+)"/g)
        .map(asFile)
        .toSorted(),
    ).toEqual(everyName);
    expect(new Set(found(admx, / key="([^"]+)"/g))).toEqual(new Set(['SOFTWARE\\Policies\\Styrk']));
    for (const [element, name] of admx
      .matchAll(/<(\w+) id="\w+" valueName="(\w+)"/g)
      .map(([, a, b]) => [a, b] as const)) {
      const isList = ['trustPlaces', 'trustAuthority', 'revocationStates', 'answerWays'].includes(asFile(name ?? ''));
      expect(element === 'multiText').toBe(isList);
    }
    const choice = admx.split('valueName="Language"')[1]?.split('</enum>')[0] ?? '';
    expect(found(choice, /<string>(\w+)<\/string>/g)).toEqual([...languages]);
    for (const language of ['en-US', 'sv-SE']) {
      const adml = text(language, 'styrk.adml');
      expect(new Set(found(adml, /<string id="(\w+)"/g))).toEqual(new Set(found(admx, /\$\(string\.(\w+)\)/g)));
      expect(new Set(found(adml, /<presentation id="(\w+)"/g))).toEqual(
        new Set(found(admx, /\$\(presentation\.(\w+)\)/g)),
      );
      expect(found(adml, /refId="(\w+)"/g).toSorted()).toEqual(found(admx, / id="(\w+)" valueName/g).toSorted());
    }
  });

  it('macOS: the profile sets names that there are', () => {
    const payload = text('styrk.mobileconfig').split('<string>se.styrk.desk</string>')[1] ?? '';
    const names = found(payload, /<key>(\w+)<\/key>/g).filter((name) => !name.startsWith('Payload'));
    expect(names.toSorted()).toEqual(everyName.filter((name) => name !== 'trustAuthority'));
  });
});

// Whatever is managed reads as it is managed at every command, and no command changes it.
describe('at the side door', () => {
  function station(content: object) {
    const folder = temporaryFolder();
    const passphrase = join(folder, 'key.txt');
    writeFileSync(passphrase, 'correct horse battery\n', { mode: 0o600 });
    const data = join(folder, 'data');
    const managed = () => managedIn({ place: '/etc/styrk/managed.json', values: { dataFolder: data, ...content } });
    const run = (...argv: string[]) => runHere([...argv, '--json'], { managed });
    return { data, run, key: ['--passphrase-file', passphrase] as const, folder };
  }

  it('the data folder is the managed one, and no other is opened', async () => {
    const { run, data, folder, key } = station({ kind: 'attended' });
    expect((await run('trust', 'limits', '--master-list', '150')).status).toBe(0);
    expect((await runHere(['trust', 'limits', '--data', data, '--json'])).json()).toMatchObject({
      masterListDays: 150,
    });
    const other = await run('station', 'show', '--data', join(folder, 'other'));
    expect([other.status, other.json().error]).toEqual([
      2,
      { code: 'settings.managed', fields: { setting: 'dataFolder' } },
    ]);
    expect((await run('station', 'set', 'attended', ...key)).json().error.code).toBe('settings.managed');
    expect((await run('station', 'show', '--data', data)).json()).toMatchObject({
      kind: 'attended',
      countsAs: 'attended',
      managed: ['dataFolder', 'kind'],
    });
  });

  it('training is practice, and nobody’s to manage', async () => {
    const { run, folder } = station({ kind: 'attended' });
    const training = await run('station', 'set', 'unattended', '--training', '--data', join(folder, 'training'));
    expect(training.status).toBe(0);
  });

  it('source and states are the managed ones, and writing them is refused by name', async () => {
    const { run } = station({ trustPlaces: ['https://lists.example/a.ml'], revocationStates: ['SWE'] });
    expect((await run('trust', 'limits', '--master-list', '150')).status).toBe(0);
    expect((await run('trust', 'source')).json()).toMatchObject({
      source: { kind: 'https', places: ['https://lists.example/a.ml'] },
      revocation: ['SWE'],
    });
    for (const [change, setting] of [
      [['/mnt/lists'], 'trustPlaces'],
      [['--clear'], 'trustPlaces'],
      [['--revocation', 'none'], 'revocationStates'],
    ] as const) {
      const { error } = (await run('trust', 'source', ...change)).json();
      expect(error).toEqual({ code: 'settings.managed', fields: { setting } });
    }
  });

  it('a way that is not allowed is none: its system is not added, and one that is there says and hears nothing by it', async () => {
    const { run, key, folder, data } = station({ answerWays: ['folder'] });
    const bank = join(folder, 'bank.json');
    const { publicKey } = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
    const { x } = await crypto.subtle.exportKey('jwk', publicKey);
    const describe = (ways: readonly string[]) =>
      writeFileSync(
        bank,
        JSON.stringify({ id: 'bank', name: 'Bank', keys: [{ kty: 'OKP', crv: 'Ed25519', x, kid: 'k' }], ways }),
      );
    const two = ['--by', 'A. Berg', '--by', 'C. Dahl'] as const;
    describe(['folder', 'link']);
    expect((await run('banks', 'add', bank, ...two, ...key)).json().error).toEqual({
      code: 'settings.managed',
      fields: { setting: 'answerWays' },
    });
    expect((await runHere(['banks', 'add', bank, ...two, ...key, '--data', data, '--json'])).status).toBe(0);
    const ways = async (...argv: string[]) => (await run('banks', 'list', ...argv, ...key)).json().banks;
    expect(await ways()).toMatchObject([{ system: { id: 'bank', ways: ['folder'] } }]);
    describe(['link']);
    expect((await runHere(['banks', 'add', bank, ...two, ...key, '--data', data, '--json'])).status).toBe(0);
    expect(await ways()).toEqual([]);
  });

  it('doctor says what is managed, and what keeps it from being', async () => {
    const { run } = station({ kind: 'unattended' });
    const item = (answer: { json: () => { [name: string]: unknown } }) =>
      (answer.json().items as { id: string }[]).find(({ id }) => id === 'managed');
    expect(item(await run('doctor'))).toMatchObject({
      state: 'ok',
      detail: '/etc/styrk/managed.json: dataFolder, kind',
    });
    const managed = () => managedIn({ place: '/etc/styrk/managed.json', values: { kindd: 1 } });
    const broken = await runHere(['doctor', '--json'], { managed });
    expect([broken.status, item(broken)]).toMatchObject([3, { state: 'missing', code: 'settings.unusable' }]);
    const shown = await runHere(['station', 'show', '--json'], { managed });
    expect([shown.status, shown.json().error.code]).toEqual([3, 'settings.unusable']);
  });
});
