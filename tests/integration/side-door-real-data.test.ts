import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describeWithRealData, realData, realDataFolder } from '../support/real-data.ts';
import { checkIn, styrk, temporaryFolder } from '../support/side-door.ts';

const path = (file: string): string => join(realDataFolder ?? '', file);
const list = path('pki/DE_ML_2026-05-28-08-28-45.ml');
const signer = path('pki/DE_ROOT_CA_CSCA07.cer');
const states = ['AT', 'DE', 'FR', 'NZ', 'PH', 'US'];

describeWithRealData('real files at the side door', () => {
  let believing = '';
  let imported: Awaited<ReturnType<typeof styrk>>;
  beforeAll(async () => {
    believing = mkdtempSync(join(tmpdir(), 'styrk-side-door-'));
    imported = await styrk(['trust', 'import', list, '--signer', signer, '--data', believing, '--json']);
    return () => rmSync(believing, { recursive: true, force: true });
  });

  it('the German list is imported: 588 read, every one accounted for', () => {
    expect(imported.status).toBe(0);
    const { read, new: taken, known, verified, orphans, refused, listDate, signer: found } = imported.json();
    expect({ read, known, listDate }).toEqual({ read: 588, known: 0, listDate: '2026-05-28' });
    expect(taken + refused.length).toBe(588);
    expect(verified + orphans.length).toBe(taken);
    for (const remark of [...orphans, ...refused])
      expect(remark).toMatchObject({
        country: expect.any(String),
        subject: expect.any(String),
        code: expect.any(String),
      });
    expect(found.pinned).toMatch(/^[0-9a-f]{64}$/);
  });

  it('imported again everything is known', async () => {
    const again = await styrk(['trust', 'import', list, '--signer', signer, '--data', believing, '--json']);
    expect(again.json()).toMatchObject({ read: 588, new: 0 });
  });

  it('a list whose signer is not pinned is refused, and nothing is taken', async () => {
    const data = temporaryFolder();
    const wrong = join(data, 'other.cer');
    writeFileSync(
      wrong,
      realData('pki/DE_ROOT_CA_CSCA07.cer').map((byte, index) => (index === 600 ? byte ^ 1 : byte)),
    );
    for (const options of [[], ['--signer', wrong]]) {
      const end = await styrk(['trust', 'import', list, ...options, '--data', data, '--json']);
      expect(end.status).toBe(2);
      expect(end.json().error.code).toMatch(/^trust\./);
    }
    const listed = await styrk(['trust', 'list', '--data', data, '--json']);
    expect(listed.json().certificates).toEqual([]);
  });

  it('trust list names the certificates of a country by its code in documents or in certificates', async () => {
    const [swe, se] = await Promise.all(
      ['SWE', 'SE'].map((country) => styrk(['trust', 'list', '--country', country, '--data', believing, '--json'])),
    );
    const certificates = swe?.json().certificates;
    expect(certificates.length).toBeGreaterThan(0);
    expect(certificates[0]).toMatchObject({ country: 'SE', kind: expect.stringMatching(/^(self-signed|link)$/) });
    expect(se?.json().certificates).toEqual(certificates);
  });

  it('trust list counts what an independent count finds, and names each orphan by country and year', async () => {
    const { counts, byCountry, orphans, limits } = (
      await styrk(['trust', 'list', '--data', believing, '--json'])
    ).json();
    expect(counts).toMatchObject({ certificates: 588, countries: 112, selfIssued: 504, links: 84, verified: 576 });
    expect(byCountry).toHaveLength(112);
    expect(orphans.map(({ country, year }: { country: string; year: number }) => `${country} ${year}`).join()).toBe(
      'AE 2017,AT 2011,BG 2014,CY 2014,HU 2018,LB 2018,LV 2015,MA 2021,MD 2017,PH 2017,TR 2013,UZ 2020',
    );
    expect(limits.masterListDays).toBe(365);
  });

  it.each(states)(
    'EF.SOD of %s: signature, path, validity and country as expected, the path printed',
    async (state) => {
      const call = ['check', '--sod', path(`sod/${state}-EF.SOD.bin`), '--at', '2026-11-23', '--data', believing];
      const end = await styrk([...call, '--json']);
      const check = (part: string) => checkIn(end.json(), `passive-authentication.${part}`);
      for (const part of ['signature', 'path', 'validity'])
        expect(check(part)).toMatchObject({ result: 'successful', code: null });
      // DG1 is not at hand, so its issuer is compared with nobody's; what the certificates say stands there.
      expect(check('country')).toMatchObject({
        code: 'file.not-read',
        detail: { signerIssuer: state, authority: state },
      });
      expect(check('validity').detail.validAtSigning).not.toBe(false);
      const [signer, issuer] = check('path').detail.path;
      expect(issuer).toMatchObject({
        country: state,
        sources: [{ kind: 'master-list', date: '2026-05-28', ageDays: 179, until: '2027-05-28' }],
      });
      expect(end.status).toBe(1);
      const { stdout } = await styrk(call);
      expect(stdout).toContain('Certificate path:');
      for (const { subject, fingerprint } of [signer, issuer]) {
        expect(stdout).toContain(fingerprint);
        expect(stdout).toContain(subject);
      }
      expect(stdout).toMatch(/signed on \d{4}-\d{2}-\d{2}: all were valid then|no day of signing is stated/);
    },
  );

  it('EF.CardSecurity of DE: signature, path and validity successful, the path printed', async () => {
    const call = [
      'check',
      '--card-security',
      path('sod/DE-EF.CardSecurity.bin'),
      '--at',
      '2026-11-23',
      '--data',
      believing,
    ];
    const end = await styrk([...call, '--json']);
    for (const part of ['signature', 'path', 'validity'])
      expect(checkIn(end.json(), `passive-authentication.${part}`).result).toBe('successful');
    expect(checkIn(end.json(), 'passive-authentication.hashes').result).toBe('undetermined');
    expect((await styrk(call)).stdout).toContain('issued by CN=csca-germany,OU=bsi,O=bund,C=DE (DE)');
  });

  it('past the limit of the list the path is undetermined and says why; before the list, the clock is doubted', async () => {
    const call = ['check', '--sod', path('sod/AT-EF.SOD.bin'), '--data', believing, '--json'];
    const pathOn = async (day: string) =>
      checkIn((await styrk([...call, '--at', day])).json(), 'passive-authentication.path');
    expect((await pathOn('2027-05-28')).result).toBe('successful');
    expect(await pathOn('2027-05-29')).toMatchObject({ result: 'undetermined', code: 'trust.list-stale' });
    expect(await pathOn('2026-05-26')).toMatchObject({
      result: 'undetermined',
      code: 'clock.went-back',
      detail: { at: '2026-05-26', newestKnown: '2026-05-28' },
    });
    const doctor = await styrk(['doctor', '--at', '2027-05-29', '--data', believing, '--json']);
    expect(doctor.json().items).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: 'list', code: 'trust.list-stale' })]),
    );
    const why = await styrk([
      'trust',
      'why',
      path('pki/DE_ROOT_CA_CSCA07.cer'),
      '--at',
      '2027-05-29',
      '--data',
      believing,
      '--json',
    ]);
    expect(why.json()).toMatchObject({ believed: true, fresh: false });
  });

  it('one byte of the signed data changed: failed', async () => {
    const data = temporaryFolder();
    const changed = realData('sod/DE-EF.SOD.bin');
    // A byte of DG1's hash: DataGroupHash holds INTEGER 1 and an OCTET STRING with the hash.
    const at = Buffer.from(changed).indexOf(Buffer.from('02010104', 'hex')) + 10;
    expect(at).toBeGreaterThan(9);
    changed[at] = (changed[at] ?? 0) ^ 0x01;
    const file = join(data, 'changed.bin');
    writeFileSync(file, changed);
    const end = await styrk(['check', '--sod', file, '--data', believing, '--json']);
    expect(checkIn(end.json(), 'passive-authentication.signature').result).toBe('failed');
    expect(end.json().verdict).toBe('reject');
  });

  it('with an empty trust store the path is undetermined', async () => {
    const end = await styrk(['check', '--sod', path('sod/FR-EF.SOD.bin'), '--data', temporaryFolder(), '--json']);
    expect(checkIn(end.json(), 'passive-authentication.signature').result).toBe('successful');
    expect(checkIn(end.json(), 'passive-authentication.path').result).toBe('undetermined');
  });

  it('the German specimen: DG1, DG2 and DG14 identical, DG3 not present', async () => {
    const folder = path('lds/DE-specimen');
    const groups = [1, 2, 14].flatMap((number) => ['--dg', `${number}=${folder}/EF_DG${number}.bin`]);
    const data = temporaryFolder();
    const end = await styrk(['check', '--sod', `${folder}/EF_SOD.bin`, ...groups, '--data', data, '--json']);
    const hashes = checkIn(end.json(), 'passive-authentication.hashes');
    expect(hashes.result).toBe('successful');
    expect(hashes.detail.dataGroups).toEqual({
      DG1: 'identical',
      DG2: 'identical',
      DG3: 'not present',
      DG14: 'identical',
    });
    expect(checkIn(end.json(), 'passive-authentication.signature').result).toBe('successful');
    expect(checkIn(end.json(), 'passive-authentication.path').result).toBe('undetermined');
    expect(end.json()).toMatchObject({ access: null, document: { issuer: 'D', holder: { surname: 'MUSTERMANN' } } });
    const whole = await styrk(['check', folder, '--data', data, '--json']);
    expect(checkIn(whole.json(), 'passive-authentication.hashes').detail.dataGroups.DG3).toBe('identical');
  });

  it.each([['pace-gm-ecdh-3des-NZ'], ['pace-gm-ecdh-aes128-icao-worked-example']])(
    'replay of %s: every command, and the session keys',
    async (name) => {
      const recorded = JSON.parse(new TextDecoder().decode(realData(`transcripts/${name}.json`)));
      const end = await styrk(['replay', path(`transcripts/${name}.json`), '--json']);
      expect(end.status).toBe(0);
      expect(end.json()).toMatchObject({
        matches: true,
        difference: null,
        secureMessaging: {
          ksEnc: recorded.secure_messaging_after.ks_enc,
          ksMac: recorded.secure_messaging_after.ks_mac,
        },
      });
    },
  );

  it('replay with another private key: does not match, exit status 1', async () => {
    const file = join(temporaryFolder(), 'other.json');
    const recorded = JSON.parse(new TextDecoder().decode(realData('transcripts/pace-gm-ecdh-3des-NZ.json')));
    recorded.terminal_private_keys[0] = recorded.terminal_private_keys[1];
    writeFileSync(file, JSON.stringify(recorded));
    const end = await styrk(['replay', file, '--json']);
    expect(end.status).toBe(1);
    expect(end.json()).toMatchObject({ matches: false, secureMessaging: null });
  });
});
