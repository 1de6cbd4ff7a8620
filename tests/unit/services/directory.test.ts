import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../main/result/failure.ts';
import { directory } from '../../../main/services/directory.ts';
import { serviceNames, stationServices } from '../../../main/services/station-services.ts';
import { type ReferenceAnswer, referenceService, serviceFaults } from '../../support/reference-services.ts';
import { temporaryFolder, today, unlockedIn } from '../store/support.ts';

const asa = {
  id: 'c-1',
  personalNumber: '19900602-2397',
  givenNames: 'Åsa',
  surname: 'Öberg',
  birthDate: '1990-06-02',
};
const taken = { ...asa, personalNumber: '199006022397' };
const query = { by: 'name', value: 'ASA OBERG' } as const;
const failing = async (act: () => unknown): Promise<string> => {
  try {
    await act();
    return 'none';
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown.code;
    throw thrown;
  }
};

function clockAt(start: string) {
  const clock = { instant: start, now: () => clock.instant, today: () => today };
  return clock;
}

async function bank(first: ReferenceAnswer) {
  const state = { answer: first };
  const reference = await referenceService(() => state.answer);
  const folder = temporaryFolder();
  const store = await unlockedIn(folder);
  const clock = clockAt('2026-11-23T09:00:00Z');
  return { ...reference, state, store, folder, clock, port: directory(reference.asking, store.directoryCache, clock) };
}

describe("the bank's own directory", () => {
  it('finds people, read as a register is, with the instant at which it said so', async () => {
    const said = { ...asa, reference: 'K-77', identityLevel: 'confirmed', deceased: { since: null } };
    const { port, questions } = await bank({ holders: [said] });
    expect(await port.find(query)).toEqual({
      holders: [{ ...taken, reference: 'K-77', identityLevel: 'confirmed', deceased: { since: null } }],
      fetchedAt: '2026-11-23T09:00:00Z',
      code: null,
    });
    expect(questions).toEqual([{ path: '/v1/holders/find', body: { ...query, limit: 20, questionId: 'question-1' } }]);
  });

  it.each(serviceFaults)(
    'tells what it answered before, and why, where it is not itself: %s',
    async (_, told, code) => {
      const { port, state, clock } = await bank({ holders: [asa] });
      await port.find(query);
      state.answer = told;
      clock.instant = '2026-11-25T09:00:00Z';
      const old = { holders: [taken], fetchedAt: '2026-11-23T09:00:00Z', code };
      expect(await port.find(query)).toEqual(old);
      // Who was found is known by id as well; of anybody else nothing was ever said.
      expect(await port.find({ by: 'id', value: 'c-1' })).toEqual(old);
      expect(await failing(() => port.find({ by: 'id', value: 'c-2' }))).toBe(code);
    },
  );

  it.each([
    ['2026-11-30T09:00:01Z', 'service.broken'],
    // A clock that went back makes an answer no younger.
    ['2026-11-23T08:59:59Z', 'service.broken'],
    ['2026-11-30T09:00:00Z', 'none'],
  ])('an answer that is too old, or of a day to come, is told by nobody: %s', async (later, code) => {
    const { port, state, clock } = await bank({ holders: [asa] });
    await port.find(query);
    state.answer = (_, response) => response.writeHead(503).end();
    clock.instant = later;
    expect(await failing(() => port.find(query))).toBe(code);
  });

  it.each([
    ['a number of another day', { ...asa, birthDate: '1991-06-02' }],
    ['a check digit', { ...asa, personalNumber: '19900602-2398' }],
    ['a birth date to come', { ...asa, personalNumber: null, birthDate: '2027-01-01' }],
    ['no name', { ...asa, surname: '' }],
    ['a name that turns', { ...asa, surname: 'A\u202eB' }],
    ['an id with a line end', { ...asa, id: 'a\nb' }],
    ['more than was agreed', { ...asa, photo: 'x' }],
  ])('takes nobody who is not as agreed: %s', async (_, holder) => {
    const { port } = await bank({ holders: [holder] });
    expect(await failing(() => port.find(query))).toBe('service.answer-malformed');
  });

  it('refuses more people than were asked for, one id twice, and another id than was asked', async () => {
    const { port, state } = await bank({ holders: Array.from({ length: 21 }, (_, n) => ({ ...asa, id: `c-${n}` })) });
    expect(await failing(() => port.find(query))).toBe('service.answer-malformed');
    state.answer = { holders: [asa, asa] };
    expect(await failing(() => port.find(query))).toBe('service.answer-malformed');
    state.answer = { holders: [asa] };
    expect(await failing(() => port.find({ by: 'id', value: 'c-2' }))).toBe('service.answer-malformed');
  });

  it('leaves nothing of anybody, and no key, in the bytes of the folder', async () => {
    const { address, files, folder, store, clock } = await bank({ holders: [asa] });
    const services = stationServices(() => store, clock, {
      around: { after: () => () => undefined },
      newQuestionId: () => 'q',
    });
    services.set('directory', `${address}v1`, files, ['A. Berg', 'C. Dahl']);
    expect((await services.directory()?.find(query))?.holders).toEqual([taken]);
    const whole = readdirSync(folder).map((file) => readFileSync(join(folder, file)).toString('latin1'));
    for (const secret of ['199006022397', 'Öberg', 'OBERG', 'PRIVATE KEY', new URL(address).host])
      expect(
        whole.filter(
          (text) => text.includes(Buffer.from(secret).toString('latin1')) && secret !== new URL(address).host,
        ),
      ).toEqual([]);
  });
});

describe('services of a station', () => {
  const around = { around: { after: () => () => undefined }, newQuestionId: () => 'q' };

  it('are set by two people, as a recorded act, and taken back by one', async () => {
    const { address, files, store, clock } = await bank({ holders: [] });
    const services = stationServices(() => store, clock, around);
    expect(await failing(() => services.set('register', address, files, ['A. Berg', 'a. berg']))).toBe(
      'trust.pin-same-person',
    );
    expect(await failing(() => services.set('register', address, files, ['A. Berg', '']))).toBe(
      'operator.name-missing',
    );
    expect(await failing(() => services.set('register', 'http://x/', files, ['A. Berg', 'C. Dahl']))).toBe(
      'service.unusable',
    );
    expect([services.list(), services.register(), services.isSet('register')]).toEqual([[], null, false]);
    const set = services.set('register', address, files, ['A. Berg', 'C. Dahl']);
    expect(set).toEqual({
      name: 'register',
      address,
      ownAuthority: true,
      identified: true,
      setAt: '2026-11-23T09:00:00Z',
      setBy: ['A. Berg', 'C. Dahl'],
    });
    expect([services.list(), services.isSet('register')]).toEqual([[set], true]);
    services.unset('register', ['A. Berg']);
    expect([services.list(), await failing(() => services.unset('register', ['A. Berg']))]).toEqual([
      [],
      'service.not-set',
    ]);
  });

  it("what one directory answered is no answer of the next one's", async () => {
    const { address, files, store, clock } = await bank({ holders: [asa] });
    const services = stationServices(() => store, clock, around);
    const names = ['A. Berg', 'C. Dahl'];
    services.set('directory', `${address}v1`, files, names);
    const found = store.directoryCache.get(JSON.stringify(['name', query.value]));
    expect(found).toBeNull();
    store.directoryCache.put('x', { content: [], fetchedAt: clock.now() });
    services.set('directory', `${address}v2`, files, names);
    expect(store.directoryCache.get('x')).toBeNull();
  });
});

// A bank's developer writes against the file: what it says and what is asked are the same.
it.each(serviceNames)(
  'docs/openapi/%s.json is what the port asks by, with its answer closed to anything else',
  (name) => {
    const file = resolve(import.meta.dirname, '../../../docs/openapi', `${name}.json`);
    const { openapi, paths, security } = JSON.parse(readFileSync(file, 'utf8'));
    const source = readFileSync(
      resolve(import.meta.dirname, '../../../main/services', name === 'directory' ? 'directory.ts' : `${name}-port.ts`),
      'utf8',
    );
    const [path = ''] = Object.keys(paths);
    expect([openapi, security]).toEqual(['3.1.0', [{ station: [] }]]);
    expect(source).toContain(`path: '${path.slice(1)}'`);
    const answer = paths[path].post.responses['200'].content['application/json'].schema;
    for (const schema of answer.oneOf ?? [answer]) expect(schema.additionalProperties).toBe(false);
  },
);
