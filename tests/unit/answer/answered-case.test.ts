import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
    // A bank's developer followed docs/integration.md, where what the case printed had first to be taken apart.
    const printed = join(folder, 'case.json');
    writeFileSync(printed, `${JSON.stringify(done)}\n`);
    expect((await run(['answer', 'show', printed])).json()).toEqual(read);
    const code = join(folder, 'answer.svg');
    const { short } = (await run(['answer', 'show', printed, '--qr', code])).json();
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
    const wholly = JSON.stringify({ ...done, answer: undefined });
    for (const text of [
      JSON.stringify({ ...done, answer: null }),
      wholly,
      `{"answer":${JSON.stringify(done.answer)},${wholly.slice(1, -1)},"answer":"a.b.c"}`,
      '{',
    ]) {
      writeFileSync(printed, text);
      expect((await run(['answer', 'show', printed])).json()).toMatchObject({ error: { code: 'answer.malformed' } });
    }
  });

  // A bank's developer followed docs/integration.md: `order serve` said nothing of an order that it had fetched, so that `verify` was
  // had first, by another way.
  it('is told by order serve when its order comes, and when its answer was delivered', async () => {
    const drop = join(temporaryFolder(), 'drop');
    mkdirSync(join(drop, 'orders'), { recursive: true });
    const { folder, order, verify } = await station({ folder: drop });
    const served = async (words: string, ...more: string[]): Promise<string> => {
      const stop = new AbortController();
      let told = '';
      const error = (text: string): void => {
        told += text;
        if (told.includes(words)) stop.abort();
      };
      const data = join(folder, 'data');
      await runHere(['order', 'serve', '--training', '--data', data, ...more], {
        error,
        stopSignal: () => stop.signal,
      });
      return told;
    };
    copyFileSync(order('one').path, join(drop, 'orders/one.jws'));
    const one = { id: 'one', way: 'folder', system: 'https://bank.example/branch' };
    expect(await served('"one"', '--json')).toBe(`${JSON.stringify({ order: one })}\n`);
    copyFileSync(order('two').path, join(drop, 'orders/two.jws'));
    const said = 'two, by folder, of Exempelbanken, kontorssystemet\n';
    // Not of the one that waits since then.
    expect(await served('two')).toBe(`Order: ${said}`);
    await verify(join(drop, 'orders/two.jws'), '--face', 'same');
    expect(await served('two')).toBe(`Answer delivered: ${said}`);
    expect(readFileSync(join(drop, 'answers/two.jws'), 'utf8')).not.toBe('');
  });

  // A bank's developer followed docs/integration.md: an order that went as a link could be tried without a display as a file alone,
  // that is by the way `folder`, which their system did not have, and its answer was posted nowhere.
  it('takes a link as the desk does, by the way link and no other', async () => {
    const { folder, order, verify, keys } = await station({ ways: ['link'] });
    const linkOf = (path: string) => `styrk://order/${readFileSync(path, 'utf8')}`;
    const { path } = order('by-link');
    expect((await verify(path, '--face', 'same')).json()).toMatchObject({
      error: { code: 'order.sender-refused', fields: { reason: 'way' } },
    });
    const done = (await verify(linkOf(path), '--face', 'same')).json();
    expect(verifiedAnswer(done.answer, keys, training)).toMatchObject({ order: { id: 'by-link' } });
    // A link in a file is seen by nobody who looks at the list of processes.
    const file = join(folder, 'link.txt');
    writeFileSync(file, `${linkOf(order('in-a-file').path)}\n`);
    const other = (await verify(file, '--face', 'same')).json();
    expect(verifiedAnswer(other.answer, keys, training)).toMatchObject({ order: { id: 'in-a-file' } });
    for (const link of [`${linkOf(path)}?x=1`, 'styrk://other/a.b.c', 'styrk://order/'])
      expect((await verify(link, '--face', 'same')).json()).toMatchObject({ error: { code: 'order.malformed' } });
  });

  it('refuses a link where the bank has no links, also of an order that came by another way', async () => {
    const { order, verify } = await station({ ways: ['folder'] });
    const { path } = order('one');
    const link = `styrk://order/${readFileSync(path, 'utf8')}`;
    expect((await verify(link, '--face', 'same')).json()).toMatchObject({ error: { code: 'order.sender-refused' } });
    expect((await verify(path, '--face', 'unsure', '--reason', 'much younger')).status).toBe(1);
    expect((await verify(link, '--face', 'same')).json()).toMatchObject({ error: { code: 'order.sender-refused' } });
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

  // A bank's developer followed docs/integration.md: a document that was lifted too early had spent the order (`order.dealt-with`); so
  // had a bank card that was laid down by mistake.
  it.each([
    ['was torn away', ['--specimen', 'torn'], 'card.removed', 'refer'],
    [
      'was opened by a wrong key',
      ['--specimen', 'se-passport', '--document-number', 'XA000101', '--birth', '910717', '--expiry', '300101'],
      'access.wrong-key',
      'refer',
    ],
    ['is none, but a bank card', ['--specimen', 'bank-card'], 'document.no-application', 'reject'],
  ])('leaves the order open where the document %s: nobody has decided anything', async (_, document, code, verdict) => {
    const { keys, order, verify, run } = await station();
    const { path } = order('one');
    const words = ['verify', ...document, '--holder', 'asa', '--purpose', 'renew-bankid', '--order', path];
    const broken = await run([...words, '--face', 'same']);
    expect(broken.status).toBe(1);
    expect(broken.json()).toMatchObject({
      verdict,
      order: null,
      answer: null,
      waits: false,
      decision: { outcome: 'abandoned', code },
    });
    expect((await run(['referrals', 'list'])).json().referrals).toEqual([]);
    // What was tried is in the records, and the same order goes on.
    const done = (await verify(path, '--face', 'same')).json();
    expect(verifiedAnswer(done.answer, keys, training)).toMatchObject({
      order: { id: 'one' },
      styrk: { decision: { outcome: 'go-on' } },
    });
    expect((await run(['records', 'list'])).json().records).toHaveLength(2);
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
