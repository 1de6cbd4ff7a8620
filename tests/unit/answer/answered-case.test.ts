import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bankFile, bankSigner, hashOfOrder, orderClaims, orderToken, verifiedAnswer } from '../../support/bank-side.ts';
import { modulesIn, readCode } from '../../support/qr-reader.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';

/*
 * From a signed order to a signed answer by the side door, with the bank's part played by node:crypto alone: the answer is
 * verified, bound to the order that was sent, and the same whenever it is asked for.
 */

const signer = bankSigner();

async function station(bank: Record<string, unknown> = {}, kind = 'attended') {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const run = (argv: readonly string[]) => runHere([...argv, '--training', '--json', '--data', data]);
  const file = join(folder, 'bank.json');
  writeFileSync(file, bankFile(signer, bank));
  await run(['station', 'set', kind]);
  await run(['banks', 'add', file, '--by', 'A. Berg', '--by', 'C. Dahl', '--audience', 'exempelbanken']);
  const { keys } = (await run(['banks', 'list'])).json();
  const order = (name: string, changes: Record<string, unknown> = {}) => {
    const claims = orderClaims(Math.floor(Date.now() / 1000), { jti: name, ...changes });
    const path = join(folder, `${name}.jws`);
    writeFileSync(path, orderToken(signer, claims));
    return { claims, path };
  };
  const verify = (path: string, ...more: string[]) =>
    run([
      'verify',
      '--specimen',
      'se-passport',
      '--holder',
      'asa',
      '--purpose',
      'renew-bankid',
      '--order',
      path,
      ...more,
    ]);
  return { folder, run, keys, order, verify };
}

const training = 'styrk-training-answer+jwt';

describe('a case with a signed order', () => {
  it.each(['EdDSA', 'ES256'])('is answered by %s, which another library verifies', async (algorithm) => {
    const { run, keys, order, verify, folder } = await station({ algorithm });
    const { claims, path } = order('one');
    const shown = (await run(['order', 'show', path])).json();
    expect(shown).toMatchObject({
      signedBy: { system: 'https://bank.example/branch', kid: 'key-1' },
      hash: hashOfOrder(claims),
    });
    const done = (await verify(path, '--face', 'same')).json();
    expect(done).toMatchObject({
      verdict: 'accept',
      order: { source: 'signed', hash: hashOfOrder(claims), issuerKey: 'key-1' },
    });
    expect(() => verifiedAnswer(done.answer, keys)).toThrow('another type');
    const answer = verifiedAnswer(done.answer, keys, training);
    expect(answer).toMatchObject({
      aud: 'https://bank.example/branch',
      nonce: claims.nonce,
      order: { id: 'one', sha256: hashOfOrder(claims), boundBy: done.order.boundBy },
      styrk: { training: true, verdict: 'accept', decision: { outcome: 'go-on' }, record: done.record },
    });
    expect(answer.styrk.checks).toEqual(
      done.checks.map(({ id, result, code }: Record<string, unknown>) => ({ id, result, code })),
    );
    // Asked again: no second case, the same answer; the record keeps the order.
    const again = await verify(path, '--face', 'same');
    expect(again.json()).toMatchObject({ error: { code: 'order.already-confirmed' } });
    expect((await run(['records', 'list'])).json().records).toHaveLength(1);
    const file = join(folder, 'answer.jws');
    writeFileSync(file, done.answer);
    const read = (await run(['answer', 'show', file])).json();
    expect(read).toEqual({ training: true, kid: expect.any(String), claims: answer });
    const code = join(folder, 'answer.svg');
    const { short } = (await run(['answer', 'show', file, '--qr', code])).json();
    const drawn = /<path d="([^"]+)"/.exec(readFileSync(code, 'utf8'))?.[1] ?? '';
    expect(readCode(modulesIn(drawn)).text).toBe(short);
    expect(verifiedAnswer(short, keys, 'styrk-training-short-answer+jwt')).toMatchObject({ order: answer.order });
    expect((await run(['answer', 'show', file, '--qr', code])).json()).toMatchObject({
      error: { code: 'output.unwritable' },
    });
    writeFileSync(
      file,
      done.answer.replace(
        /\.(.)([^.]*)$/,
        (_: string, one: string, rest: string) => `.${one === 'A' ? 'B' : 'A'}${rest}`,
      ),
    );
    expect((await run(['answer', 'show', file])).json()).toMatchObject({ error: { code: 'answer.foreign' } });
    expect((await run(['answer', 'show', path])).json()).toMatchObject({ error: { code: 'answer.malformed' } });
  });

  it('holds what the order asked for once the station vouches for it, and nothing of the person without', async () => {
    const { keys, order, verify } = await station();
    const asked = verifiedAnswer((await verify(order('one').path, '--face', 'same')).json().answer, keys, training);
    expect(Object.keys(asked.verified_claims?.claims ?? {}).sort()).toEqual(['birthdate', 'family_name', 'given_name']);
    expect(asked.styrk.methods).toEqual(['vcrypt', 'pvp']);
    const none = verifiedAnswer(
      (await verify(order('two', { asks: [] }).path, '--face', 'same')).json().answer,
      keys,
      training,
    );
    expect(none.verified_claims).toBeUndefined();
  });

  it('is not answered while a colleague is to decide, and answered with what failed where it was stopped', async () => {
    const { keys, order, verify, run } = await station();
    const one = order('one').path;
    const referred = (await verify(one)).json();
    expect(referred).toMatchObject({ verdict: 'refer', answer: null, decision: { outcome: 'refer' }, waits: true });
    // The same person in the same minute, without a colleague.
    const overruled = await verify(one, '--face', 'same');
    expect([overruled.status, overruled.json().error?.code]).toEqual([2, 'order.dealt-with']);
    expect((await run(['records', 'list'])).json().records).toHaveLength(1);
    const second = order('two').path;
    const stopped = (await verify(second, '--face', 'not-same', '--reason', 'another person')).json();
    const answer = verifiedAnswer(stopped.answer, keys, training);
    expect(answer).toMatchObject({ styrk: { verdict: 'reject', decision: { outcome: 'stop' } } });
    expect(answer.verified_claims).toBeUndefined();
    expect(JSON.stringify(answer)).not.toContain('another person');
    // The bank has heard that it was stopped: no second case goes on behind its back.
    expect((await verify(second, '--face', 'same')).json()).toMatchObject({
      error: { code: 'order.dealt-with' },
    });
  });

  it('refuses an order of another key before a document is laid down', async () => {
    const { folder, run, verify } = await station();
    const path = join(folder, 'forged.jws');
    writeFileSync(path, orderToken(bankSigner(), orderClaims(Math.floor(Date.now() / 1000))));
    expect((await verify(path, '--face', 'same')).json()).toMatchObject({ error: { code: 'order.signature-wrong' } });
    expect((await run(['order', 'show', path])).json()).toMatchObject({ error: { code: 'order.signature-wrong' } });
    expect((await run(['records', 'list'])).json().records).toEqual([]);
  });
});
