import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRecipientKey } from '../../main/crypto/recipient.ts';
import { newSigningKey, sign } from '../../main/crypto/sealing.ts';
import { publishIssue, takeDeliveryFile } from '../../main/fleet/at-headquarters.ts';
import { fleetOf } from '../../main/fleet/fleet.ts';
import { type Issue, writeIssue } from '../../main/fleet/issue.ts';
import { sealIssue } from '../../main/fleet/sealed-issue.ts';
import { Failure } from '../../main/result/failure.ts';
import { around, asAdministrator, enrolled, headquartersOf, heldOf } from '../support/fleet-stations.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { caseFacts } from '../unit/records/case-facts.ts';
import { random, temporaryFolder, today, unlockedIn } from '../unit/store/support.ts';

const at = '2026-11-28T09:00:00Z';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = async (act: () => Promise<unknown>): Promise<string> => {
  try {
    await act();
    return 'none';
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown.code;
    throw thrown;
  }
};

describe.skipIf(postgresPrograms === null)('signed files both ways, and what headquarters issues', () => {
  let postgres: TestPostgres;
  let sealing: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
  const keys = newSigningKey(random);
  const receiving = newRecipientKey(random);
  const issuing = { issuingKey: keys.secretKey, at };
  beforeAll(async () => {
    postgres = await startPostgres();
    sealing = await headquartersOf(postgres);
  }, 120_000);
  afterAll(() => postgres.close());

  async function station(records: number) {
    const { store, ...unlocked } = await unlockedIn(temporaryFolder());
    for (let number = 1; number <= records; number++) unlocked.records.append(caseFacts(`case-${number}`), '0.1.0');
    const taken: Issue[] = [];
    const gate: { refuses: Failure | null; trust: Failure | null } = { refuses: null, trust: null };
    const take = async (issue: Issue): Promise<void> => {
      if (gate.refuses !== null) throw gate.refuses;
      if (issue.kind === 'trust' && gate.trust !== null) throw gate.trust;
      taken.push(issue);
    };
    const fleet = fleetOf(store, () => unlocked, {
      clock: { now: () => at, today: () => today },
      after: around.after,
      random,
      take,
    });
    const { identity } = await enrolled(postgres, unlocked);
    const files = {
      authority: utf8(postgres.authority.pem),
      certificate: utf8(identity.certificate),
      key: utf8(identity.key),
      passphrase: null,
      password: null,
    };
    const address = `postgresql://localhost:${postgres.port}/styrk`;
    fleet.set(
      { address, files, sealingKey: sealing.publicKey, issuingKey: keys.publicKey, receivingKey: receiving.secretKey },
      ['A. Berg', 'C. Dahl'],
    );
    return { ...unlocked, fleet, taken, gate };
  }
  const byFile = (bytes: Uint8Array) =>
    asAdministrator(postgres, (connection) => takeDeliveryFile(connection, bytes, issuing));
  const around10 = { signal: new AbortController().signal };

  it('carry records to headquarters once and in order, and the receipt back', async () => {
    const { fleet, records, station: who, outbox } = await station(130);
    const { bytes, rows, more } = await fleet.exportDelivery();
    expect({ rows, more }).toEqual({ rows: { records: 130, checkpoints: 1, answers: 0, erasures: 0 }, more: false });
    const first = await byFile(bytes);
    expect(first).toMatchObject({ station: who.id, added: { records: 130, checkpoints: 1, answers: 0, erasures: 0 } });
    // The same stick again.
    expect((await byFile(bytes)).added).toEqual({ records: 0, checkpoints: 0, answers: 0, erasures: 0 });
    expect(await heldOf(postgres, who.id)).toHaveLength(130);
    expect(outbox.delivered('records').number).toBe(0);
    records.append(caseFacts('case-later'), '0.1.0');
    expect(await fleet.importFile(first.receipt)).toEqual({
      arrived: { records: 130, checkpoints: 130, answers: 0, erasures: 0 },
    });
    expect(outbox.delivered('records').number).toBe(130);
    expect((await fleet.exportDelivery()).rows).toEqual({ records: 1, checkpoints: 1, answers: 0, erasures: 0 });
    // By line from then on: nothing twice.
    expect(await fleet.deliver(around10)).toEqual({ records: 1, checkpoints: 1, answers: 0, erasures: 0 });
  });

  it('are taken from their signer alone, whole, and in order', async () => {
    const [one, other] = [await station(3), await station(3)];
    const { bytes } = await one.fleet.exportDelivery();
    for (let place = 3; place < bytes.length; place += 97) {
      const changed = bytes.slice();
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(['fleet.malformed', 'fleet.signature-wrong', 'fleet.not-enrolled'], String(place)).toContain(
        await codeOf(() => byFile(changed)),
      );
    }
    expect(await codeOf(() => byFile(bytes.subarray(0, -1)))).toBe('fleet.malformed');
    expect(await heldOf(postgres, one.station.id)).toEqual([]);
    // A file that begins after what headquarters has.
    const { receipt } = await byFile(bytes);
    await one.fleet.importFile(receipt);
    one.records.append(caseFacts('case-4'), '0.1.0');
    const second = (await one.fleet.exportDelivery()).bytes;
    await asAdministrator(postgres, (connection) =>
      connection.ask(
        `DELETE FROM styrk.records WHERE station = '${one.station.id}'; UPDATE styrk.stations SET records = 0, records_digest = '' WHERE station = '${one.station.id}'`,
      ),
    );
    expect(await codeOf(() => byFile(second))).toBe('fleet.gap');
    // A receipt of another's, a forged one, one of more than there is.
    expect(await codeOf(() => other.fleet.importFile(receipt))).toBe('fleet.other-station');
    const forged = receipt.slice();
    forged[60] = (forged[60] ?? 0) ^ 1;
    expect(['fleet.malformed', 'fleet.signature-wrong']).toContain(await codeOf(() => one.fleet.importFile(forged)));
    expect(await codeOf(() => one.fleet.importFile(utf8('styrk-fleet receipt 1\n{}\n')))).toBe('fleet.malformed');
  });

  it('bring what headquarters issued: by its key, newer than before, through the gates of an import', async () => {
    const { fleet: whole, taken, gate, pulled } = await station(1);
    // What is refused of one kind is thrown, for this test alone.
    const fleet = {
      ...whole,
      pull: async () => {
        const { taken: now, refused } = await whole.pull(around10);
        for (const { failure } of refused) throw failure;
        return now;
      },
    };
    const folder = temporaryFolder();
    const publish = (text: string) =>
      asAdministrator(postgres, (connection) =>
        publishIssue(connection, { kind: 'trust', content: utf8(text) }, issuing),
      );
    expect(await fleet.pull()).toEqual([]);
    const large = 'x'.repeat(2_500_000);
    const { bytes: first } = await publish(large);
    gate.refuses = new Failure('bundle.signer-not-pinned');
    expect(await codeOf(() => fleet.pull())).toBe('bundle.signer-not-pinned');
    expect(pulled.list()).toEqual([]);
    gate.refuses = null;
    expect(await fleet.pull()).toEqual([{ kind: 'trust', number: 1, outcome: 'taken' }]);
    expect(taken.map(({ content }) => content.length)).toEqual([2_500_000]);
    expect(await fleet.pull()).toEqual([]);
    const { bytes: second } = await publish('second');
    writeFileSync(join(folder, 'second'), second);
    expect(await fleet.importFile(new Uint8Array(readFileSync(join(folder, 'second'))))).toEqual({
      issue: { kind: 'trust', number: 2, outcome: 'taken' },
    });
    expect(await fleet.importFile(second)).toEqual({ issue: { kind: 'trust', number: 2, outcome: 'known' } });
    expect(await codeOf(() => fleet.importFile(first))).toBe('fleet.issue-older');
    const issue = { kind: 'trust', number: 9, issuedAt: at, content: utf8('forged') } as const;
    const stranger = newSigningKey(random).secretKey;
    const forged = writeIssue(issue, (message) => sign(stranger, message));
    expect(await codeOf(() => fleet.importFile(forged))).toBe('fleet.signature-wrong');
    const other = writeIssue({ ...issue, number: 2 }, (message) => sign(keys.secretKey, message));
    expect(await codeOf(() => fleet.importFile(other))).toBe('fleet.issue-older');
    // What a database puts in the place of an issue, or takes away.
    await asAdministrator(postgres, (connection) =>
      connection.ask("INSERT INTO styrk.issues VALUES ('trust', 3, 'forged')"),
    );
    expect(await codeOf(() => fleet.pull())).toBe('fleet.malformed');
    await asAdministrator(postgres, (connection) => connection.ask('DELETE FROM styrk.issues WHERE number > 1'));
    expect(await codeOf(() => fleet.pull())).toBe('fleet.issue-older');
    expect(pulled.get('trust')?.number).toBe(2);
    expect(taken).toHaveLength(2);
  });

  it('sealed issues are opened by stations alone; each kind is taken once, by line or by file, and what fails is tried again', async () => {
    const one = await station(1);
    const publish = (kind: Issue['kind'], content: Uint8Array) =>
      asAdministrator(postgres, (connection) => publishIssue(connection, { kind, content }, issuing));
    const kinds = ['roster', 'blocked', 'operators'] as const;
    for (const kind of kinds) {
      const { bytes } = await publish(kind, sealIssue(kind, utf8(`what ${kind} holds`), receiving.publicKey, random));
      expect(Buffer.from(bytes).includes(`what ${kind}`)).toBe(false);
      // A file that came by hand before the line was there.
      if (kind === 'blocked') await one.fleet.importFile(bytes);
    }
    one.gate.refuses = new Failure('holder.import-running');
    const refusals = async () =>
      (await one.fleet.pull(around10)).refused
        .filter(({ kind }) => kind !== 'trust')
        .map(({ kind, number, failure }) => `${kind} ${number} ${failure.code}`);
    expect(await refusals()).toEqual(['roster 1 holder.import-running', 'operators 1 holder.import-running']);
    expect(one.fleet.report()?.lastPull).toMatchObject({ code: 'holder.import-running', failingSince: at });
    one.gate.refuses = null;
    const { taken: pulled } = await one.fleet.pull(around10);
    expect(pulled.filter(({ kind }) => kind !== 'trust')).toEqual([
      { kind: 'roster', number: 1, outcome: 'taken' },
      { kind: 'operators', number: 1, outcome: 'taken' },
    ]);
    expect(
      one.taken.map(({ content }) => Buffer.from(content).toString()).filter((text) => text.startsWith('what')),
    ).toEqual([...['what blocked holds', 'what roster holds', 'what operators holds']]);
    expect(one.fleet.report()).toMatchObject({ lastPull: { code: null, failingSince: null } });
    // Sealed as another kind, not sealed, for others.
    const others = newRecipientKey(random).publicKey;
    const wrong = [
      sealIssue('roster', utf8('x'), receiving.publicKey, random),
      utf8('plain'),
      sealIssue('blocked', utf8('x'), others, random),
    ];
    for (const content of wrong) {
      const { number } = await publish('blocked', content);
      expect(await refusals()).toEqual([`blocked ${number} fleet.malformed`]);
      expect(one.pulled.get('blocked')?.number).toBe(1);
    }
  });

  it('one issue that cannot be taken keeps none of the others back, and is told by kind and number', async () => {
    const { fleet, taken, pulled, gate } = await station(1);
    const publish = (kind: Issue['kind'], content: Uint8Array) =>
      asAdministrator(postgres, (connection) => publishIssue(connection, { kind, content }, issuing));
    const sealed = (kind: Issue['kind'], to = receiving.publicKey) =>
      sealIssue(kind, utf8(`all of ${kind}`), to, random);
    await fleet.pull(around10);
    gate.trust = new Failure('bundle.malformed', { reason: 'signature' });
    const trust = await publish('trust', utf8('no bundle'));
    const roster = await publish('roster', sealed('roster', newRecipientKey(random).publicKey));
    const blocked = await publish('blocked', sealed('blocked'));
    taken.splice(0);
    const ended = await fleet.pull(around10);
    expect(ended.taken).toEqual([{ kind: 'blocked', number: blocked.number, outcome: 'taken' }]);
    expect(taken.map(({ kind }) => kind)).toEqual(['blocked']);
    expect(ended.refused.map(({ kind, number, failure }) => [kind, number, failure.code])).toEqual([
      ['trust', trust.number, 'bundle.malformed'],
      ['roster', roster.number, 'fleet.malformed'],
    ]);
    expect(ended.refused[1]?.failure.fields).toMatchObject({ kind: 'roster', number: roster.number });
    expect(pulled.get('blocked')?.number).toBe(blocked.number);
    const refused = [
      { kind: 'roster', number: roster.number, code: 'fleet.malformed', since: at },
      { kind: 'trust', number: trust.number, code: 'bundle.malformed', since: at },
    ];
    expect(fleet.report()?.lastPull).toMatchObject({ code: 'bundle.malformed', refused });
    // What could be taken later is told no more.
    gate.trust = null;
    await publish('roster', sealed('roster'));
    expect((await fleet.pull(around10)).refused).toEqual([]);
    expect(fleet.report()?.lastPull).toMatchObject({ code: null, refused: [] });
  });
});
