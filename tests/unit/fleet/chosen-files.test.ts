import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ChosenPart, offeredBy, partOf } from '../../../main/fleet/chosen-files.ts';
import { keyInFile } from '../../../main/fleet/headquarters.ts';
import { newHeadquartersKeys } from '../../../main/fleet/headquarters-keys.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { webAuthority, webCertificate } from '../../support/https-server.ts';
import { pkcs12Of } from '../../support/pkcs12.ts';
import { random } from '../store/support.ts';

/* The files of a headquarters as somebody brings them on a stick: each is known by what lies in it, and what stays there is refused. */

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const authority = webAuthority(61);
const { certificate, key, der } = webCertificate(authority, 62);
const keys = new Map(newHeadquartersKeys(random).map(({ name, bytes }) => [name, bytes]));
const keyFile = (name: string): Uint8Array => keys.get(name) ?? utf8('');
const pkcs12 = () => pkcs12Of(der, createPrivateKey(key).export({ type: 'pkcs8', format: 'der' }), 'open');
const whole = {
  authority: utf8(authority.pem),
  certificate: utf8(certificate),
  key: utf8(key),
  sealing: keyFile('sealing.pub'),
  issuing: keyFile('issuing.pub'),
  receiving: keyFile('receiving.key'),
} as const;

describe('a file', () => {
  it.each(Object.entries(whole) as [ChosenPart, Uint8Array][])('is %s by what lies in it', (part, bytes) => {
    expect(partOf(bytes)).toBe(part);
  });

  it('with certificate and key, or the chain behind it, is the station’s certificate', async () => {
    expect(partOf(utf8(`${certificate}\n${key}`))).toBe('certificate');
    expect(partOf(utf8(`${certificate}\n${authority.pem}`))).toBe('certificate');
    expect(partOf(await pkcs12())).toBe('certificate');
  });

  it.each(['sealing.key', 'issuing.key', 'receiving.pub'])('%s is for no station', (name) => {
    expect(failureCodeOf(() => partOf(keyFile(name)))).toBe('fleet.malformed');
  });

  it.each([
    ['nothing', ''],
    ['a letter', 'Dear station'],
    ['a key of another name', 'styrk-headquarters other public 1\n'],
    ['a key that is cut', 'styrk-headquarters sealing public 1\nab\n'],
    ['a certificate that is none', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
  ])('with %s is nothing of these', (_, text) => {
    expect(failureCodeOf(() => partOf(utf8(text)))).toBe('fleet.malformed');
  });
});

describe('files together', () => {
  it('are what a headquarters is set by', () => {
    const offered = offeredBy(whole);
    expect(offered).toMatchObject({
      sealingKey: keyInFile('sealing', 'public', whole.sealing),
      issuingKey: keyInFile('issuing', 'public', whole.issuing),
      receivingKey: keyInFile('receiving', 'secret', whole.receiving),
      hindrance: null,
      files: { password: null, passphrase: null },
    });
    expect(offered.certificate?.subject).toContain('CN=localhost');
    expect(offered.authority?.subject).toContain('CN=Test web authority');
  });

  it('tell what a certificate is before its key is there, and why it cannot be used yet', () => {
    const chain = utf8(`${certificate}\n${authority.pem}`);
    const { certificate: told, hindrance } = offeredBy({ certificate: chain });
    expect(told?.subject).toContain('CN=localhost');
    expect(hindrance?.code).toBe('service.unusable');
    expect(offeredBy({ key: whole.key }).hindrance?.code).toBe('service.unusable');
    const other = webCertificate(authority, 63);
    expect(offeredBy({ ...whole, key: utf8(other.key) }).hindrance?.code).toBe('service.unusable');
    expect(offeredBy({}).hindrance).toBeNull();
  });

  it('open a PKCS#12 file by the first line of another', async () => {
    const file = await pkcs12();
    expect(offeredBy({ certificate: file })).toMatchObject({
      certificate: null,
      hindrance: { code: 'service.unusable' },
    });
    const opened = offeredBy({ certificate: file, passphrase: utf8('open\nmore\n'), password: utf8('secret\r\n') });
    expect(opened).toMatchObject({ hindrance: null, files: { passphrase: 'open', password: 'secret' } });
    expect(opened.certificate?.subject).toContain('CN=localhost');
  });
});
