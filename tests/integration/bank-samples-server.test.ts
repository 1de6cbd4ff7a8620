import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type RequestOptions, request } from 'node:https';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bankDeveloper, bankSamples, bankServer, freePort, hasOpenssl, payloadOf } from '../support/bank-developer.ts';
import { bankSigner, signedBy } from '../support/bank-side.ts';

/* The sample of a bank's server (docs/integration.md §1) by itself: the station is played here, so that it can say what none says. */

const typ = 'styrk-training-answer+jwt';
const bank = 'https://bank.example/branch';

test.skipIf(!hasOpenssl)(
  'the sample’s server takes answers of its station to its own orders, each once, and lets nobody in without a certificate',
  async () => {
    const developer = bankDeveloper();
    const { folder } = developer;
    const stationKey = bankSigner('station-key');
    const [station, address] = ['station-0000000000000000', `https://localhost:${await freePort()}/styrk`];
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    for (const each of ['orders', 'given', 'answers']) mkdirSync(join(folder, 'bank', each), { recursive: true });
    write('bank.json', JSON.stringify({ id: bank, address }));
    write('station.json', JSON.stringify({ station, keys: [{ ...stationKey.jwk, alg: 'EdDSA' }] }));
    execFileSync('sh', [join(bankSamples, 'make-certificates.sh')], { cwd: folder, stdio: 'ignore' });
    const orderOf = (id: string) => signedBy(bankSigner(), {}, { jti: id, nonce: `nonce of ${id}` });
    const [one, given, late] = ['one', 'given', 'late'].map(orderOf) as [string, string, string];
    write('bank/orders/one.jws', one);
    write('bank/given/given.jws', given);
    write('bank/orders/late.jws', late);
    const { said } = bankServer(folder, '--training');
    await said('waits');

    const pem = (name: string) => readFileSync(join(folder, `bank/${name}`));
    const ours = { ca: pem('authority.pem'), cert: pem('station.pem'), key: pem('station.key') };
    const asked = (path: string, text: string | null = null, tls: RequestOptions = ours): Promise<string> =>
      new Promise((resolve, reject) => {
        const asking = request(`${address}/${path}`, { ...tls, agent: false, method: text === null ? 'GET' : 'POST' });
        asking.on('error', reject);
        asking.on('response', async (response) => {
          let told = '';
          for await (const part of response.setEncoding('utf8')) told += part;
          resolve(`${response.statusCode} ${told}`.trim());
        });
        asking.end(text ?? undefined);
      });
    const now = Math.floor(Date.now() / 1000);
    const answerTo = (order: string, changes: object = {}, header: object = {}, signer = stationKey): string => {
      const { jti, nonce } = payloadOf(order);
      const token = createHash('sha256').update(order).digest('hex');
      const styrk = { verdict: 'accept', conditions: [], decision: { outcome: 'go-on' } };
      const claims = {
        iss: station,
        aud: bank,
        jti: 'record',
        iat: now,
        exp: now + 60,
        nonce,
        order: { id: jti, token },
      };
      return signedBy(signer, { alg: 'EdDSA', kid: 'station-key', typ, ...header }, { ...claims, styrk, ...changes });
    };

    await expect(asked('orders', null, { ca: ours.ca })).rejects.toThrow();
    await said('turned away: ');
    expect(await asked('orders')).toBe(`200 ${JSON.stringify([late, one])}`);
    expect(await asked('elsewhere')).toBe('404');
    const { order } = payloadOf(answerTo(one));
    for (const [what, answer] of Object.entries({
      'no token': 'eyJ',
      'another type': answerTo(one, {}, { typ: 'styrk-answer+jwt' }),
      'another key': answerTo(one, {}, {}, bankSigner('station-key')),
      'another station': answerTo(one, { iss: 'station-of-others' }),
      'for another system': answerTo(one, { aud: 'https://other.example' }),
      'without an end': answerTo(one, { exp: undefined }),
      'to an order that is not ours': answerTo(orderOf('other')),
      'to our order under another name': answerTo(one, { order: { ...order, id: 'other' } }),
      'with another nonce': answerTo(one, { nonce: 'other' }),
    }))
      expect([what, await asked('answers', answer)]).toEqual([what, '400']);
    expect(readdirSync(join(folder, 'bank/answers'))).toEqual([]);

    const answer = answerTo(one);
    expect(await asked('answers', answer)).toBe('204');
    expect(await asked('answers', answer)).toBe('204');
    expect(await asked('answers', answerTo(one, { jti: 'another record' }))).toBe('400');
    expect(developer.read('bank/answers/one.jws')).toBe(answer);
    expect(await asked('answers', answerTo(given))).toBe('204');
    // Kept, so that it is not posted for ever; and nobody goes on by it.
    expect(await asked('answers', answerTo(late, { exp: now - 1 }))).toBe('204');
    const told = await said('late: answered, too late to go by');
    expect(told).not.toContain('late: answered, go-on');
    expect(await asked('orders')).toBe('200 []');
    expect(await asked('refused', JSON.stringify({ token: '0'.repeat(64), code: 'order.foreign' }))).toBe('204');
    expect(readdirSync(join(folder, 'bank/answers')).sort()).toEqual(['given.jws', 'late.jws', 'one.jws']);
  },
);
