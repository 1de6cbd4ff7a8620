import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../main/inspection/outcome.ts';
import { readCommand } from '../../support/foreign-chip/apdu.ts';
import type { ForeignBehaviour } from '../../support/foreign-chip/chip.ts';
import {
  basicAccessPassport,
  foreignDocument,
  foreignPassport,
  pacePassport,
  signingPassport,
  tripleDesPassport,
} from '../../support/foreign-chip/documents.ts';
import { inspectForeign, ordinaryExchanges } from './bench-of-foreign-chips.ts';
import { short, today } from './bench-of-specimens.ts';

/*
 * Read as the standard says, by a chip that was written from its text by another hand: what terminal and simulator may have
 * misread alike shows here. Everything about EF.COM but in one row: the chip has none.
 */

const pace = foreignDocument(pacePassport, today);
const basicAccess = foreignDocument(basicAccessPassport, today);
const otherPage = { mrzInformation: 'L898902C<369080619406236' };
const wrongCan = { can: '271828' };

const proved = [
  'secure-messaging',
  'passive-authentication.hashes',
  'passive-authentication.signature',
  'passive-authentication.path',
  'passive-authentication.validity',
  'passive-authentication.country',
  'document.mrz',
  'document.expiry',
  'document.type',
  'document.portrait',
  'document.data-groups',
] as const;
const paceProved = [...proved, 'access.pace', 'access.downgrade', 'card-access.consistency'] as const;
const statusOf = (name: string): number => Number.parseInt(name, 16);
const opened = { mapping: 'GM', agreement: 'ECDH', parameters: 'brainpoolP256r1' };

const readings = [
  ['PACE with AES-128, chip authentication', pacePassport, {}, 'PACE', 'AES-128'],
  ['PACE with 3DES', tripleDesPassport, {}, 'PACE', '3DES'],
  ['PACE, also BAC', foreignPassport, { access: 'PACE and BAC' }, 'PACE', 'AES-128'],
  // §4.4.2: a plain SELECT of protected things is answered 6982.
  ['PACE, SELECT of the application refused before it', pacePassport, { plainSelect: 0x6982 }, 'PACE', 'AES-128'],
  ['BAC', basicAccessPassport, { access: 'BAC' }, 'BAC', '3DES'],
] as const;

describe('a chip by another hand', () => {
  it.each(readings)('%s: everything is read and proved', async (_name, document, behaviour, protocol, cipher) => {
    const end = await inspectForeign({ document: foreignDocument(document, today), behaviour });
    expect(outcomeOf(end.inspection)).toEqual({ state: 'done', code: null });
    expect(end.inspection.access).toMatchObject(
      protocol === 'PACE' ? { protocol, cipher, ...opened } : { protocol, cipher },
    );
    expect(end.inspection.document).toMatchObject({ issuer: 'SWE', number: 'XA000101' });
    expect(end.successful).toEqual(
      expect.arrayContaining([...(protocol === 'PACE' ? paceProved : [...proved, 'access.bac'])]),
    );
    // 9303-10 §4.6.1: EF.COM proves nothing; that it is missing is said and costs nothing.
    expect(end.check('common-data.consistency')).toMatchObject({
      result: 'not supported',
      code: 'common-data.missing',
    });
    expect(end.resets).toBe(0);
  });

  it('proves its key by chip authentication (§6.2)', async () => {
    const end = await inspectForeign({ document: pace });
    expect(end.successful).toContain('chip-authentication');
    const afterBac = await inspectForeign({
      document: { ...pace, masterFile: [] },
      behaviour: { access: 'PACE and BAC' },
    });
    // The signed DG14 says that the chip has PACE: whoever hides EF.CardAccess is found out.
    expect(afterBac.successful).toEqual(expect.arrayContaining(['access.bac', 'chip-authentication']));
    expect(afterBac.check('access.downgrade')).toMatchObject({ result: 'failed', code: 'access.pace-not-used' });
  });

  it('opens by its card access number', async () => {
    const { inspection } = await inspectForeign({ document: pace, key: { can: pace.can ?? '' } });
    expect(inspection.access?.protocol).toBe('PACE');
    expect(inspection.document?.number).toBe('XA000101');
  });

  it.each([
    ['PACE', pace, {}],
    ['BAC', basicAccess, { access: 'BAC' }],
  ] as const)(
    '%s: no command in extended length goes to a chip that does not state it (§9.3.1.2)',
    async (_name, document, behaviour) => {
      const { commands } = await inspectForeign({ document, behaviour });
      expect(commands.filter((command) => readCommand(command) === null)).toEqual([]);
    },
  );
});

describe('files of the same short identifier in the MF', () => {
  const behaviours = [
    ['the chip looks in the MF for what the application lacks', 'of the MF where the DF has none'],
    ['the chip looks in the MF always', 'of the MF'],
    ['the chip knows no short identifiers', 'unknown'],
  ] as const;
  const documents = [
    ['PACE', pace, 'PACE'],
    ['PACE, with EF.COM', foreignDocument(pacePassport, today, true), 'PACE'],
    ['BAC', basicAccess, 'BAC'],
  ] as const;
  const cases = behaviours.flatMap(([name, shortIdentifiers]) =>
    documents.map(
      ([with_, document, access]) => [`${name}: ${with_}`, document, { access, shortIdentifiers }] as const,
    ),
  );

  it.each(cases)('%s: read by file identifier, nothing is called missing', async (_name, document, behaviour) => {
    const end = await inspectForeign({ document, behaviour });
    expect(end.successful).toEqual(expect.arrayContaining([...proved]));
    // One SELECT for each file instead of none, and the way back into the application.
    const files = Object.keys(end.inspection.reading.files).length;
    expect(end.inspection.reading.exchanges).toBeLessThanOrEqual(ordinaryExchanges(end) + files + 2);
  });

  it.each([
    ['either', 'PACE'],
    ['3F00', 'PACE'],
    ['empty', 'PACE'],
    ['3F00', 'BAC'],
  ] as const)('the application is selected at power-on, the MF by %s: %s', async (masterFileBy, access) => {
    const document = access === 'PACE' ? pace : basicAccess;
    const end = await inspectForeign({ document, behaviour: { access, masterFileBy, atPowerOn: 'application' } });
    expect(end.inspection.access?.protocol).toBe(access);
    expect(end.successful).toEqual(expect.arrayContaining([...proved]));
  });
});

describe('keys that do not open', () => {
  const told = async (
    document: typeof pace,
    behaviour: Partial<ForeignBehaviour>,
    key: { readonly can: string } | { readonly mrzInformation: string } | null,
  ) => {
    const end = await inspectForeign({ document, behaviour, key });
    expect(end.inspection.document).toBeNull();
    expect(end.successful).toEqual([]);
    expect(end.check('document.type')?.code).not.toBe('document.no-application');
    expect(end.inspection.reading.exchanges).toBeLessThanOrEqual(7);
    return outcomeOf(end.inspection);
  };

  // §4.4.4.2: 6300 says it, any other status may have another cause.
  it.each([
    ['6300', 'access.wrong-key'],
    ['63c2', 'access.wrong-key'],
    ['6982', 'access.wrong-key-maybe'],
    ['6988', 'access.wrong-key-maybe'],
  ] as const)('a wrong card access number or page answered %s at the token of PACE: %s', async (status, code) => {
    const wrongKey = statusOf(status);
    const outcome = { state: 'failed', code };
    expect(await told(pace, { wrongKey }, wrongCan)).toEqual(outcome);
    expect(await told(pace, { wrongKey, plainSelect: 0x6982 }, otherPage)).toEqual(outcome);
    // And never another try by BAC, which would only make the chip slower.
    expect(await told(pace, { wrongKey, access: 'PACE and BAC' }, otherPage)).toEqual(outcome);
  });

  // §4.3.4.2 knows no status that says it.
  it.each(['6300', '6982', '6988'])('a wrong page answered %s in BAC is probably a wrong key', async (status) => {
    const wrongKey = statusOf(status);
    const outcome = { state: 'failed', code: 'access.wrong-key-maybe' };
    expect(await told(basicAccess, { access: 'BAC', wrongKey }, otherPage)).toEqual(outcome);
  });

  // §4.2 step 3: a chip need not accept a card access number; §4.4.4.1: 6A88, by some only when it is used (note 1).
  it.each(['at MSE:Set AT', 'when used'] as const)(
    'a chip without card access number says so %s',
    async (unknownPassword) => {
      const outcome = { state: 'failed', code: 'access.can-unusable' };
      expect(await told({ ...pace, can: null }, { unknownPassword }, wrongCan)).toEqual(outcome);
      expect(await told(basicAccess, { access: 'BAC' }, wrongCan)).toEqual(outcome);
    },
  );

  it('without any key it is told that one is missing', async () => {
    for (const plainSelect of [0x9000, 0x6982])
      expect((await told(pace, { plainSelect }, null)).code).toBe('access.key-missing');
    expect((await told(basicAccess, { access: 'BAC' }, null)).code).toBe('access.key-missing');
  });

  it('PACE alone without EF.CardAccess: GET CHALLENGE 6D00 is no wrong key', async () => {
    const end = await inspectForeign({ document: { ...pace, masterFile: [] } });
    expect(end.check('access.bac')).toMatchObject({ result: 'not supported', code: 'access.not-offered' });
  });

  // §4.3.2: before the secure channel a plain SELECT may be answered by 6982 as well as by 9000.
  it('BAC alone that refuses a plain SELECT of the application: BAC follows, and the application is selected under it', async () => {
    const behaviour = { access: 'BAC', plainSelect: 0x6982 } as const;
    const end = await inspectForeign({ document: basicAccess, behaviour });
    expect(end.check('access.bac')).toMatchObject({ result: 'successful' });
    expect(end.successful).toEqual(expect.arrayContaining([...proved]));
    const selects = end.commands.filter((command) => command[1] === 0xa4 && command[2] === 0x04);
    expect(selects.map((command) => command[0])).toEqual([0x00, 0x0c]);
    expect((await told(basicAccess, behaviour, otherPage)).code).toBe('access.wrong-key-maybe');
    expect((await told(basicAccess, behaviour, null)).code).toBe('access.key-missing');
    // No other status says that a key is missing.
    expect((await told(basicAccess, { access: 'BAC', plainSelect: 0x6985 }, otherPage)).code).toBe('access.refused');
  });

  it('PACE alone that refuses a plain SELECT (§4.4.2) and shows no EF.CardAccess: the SELECT was refused, no key is to blame', async () => {
    const end = await inspectForeign({ document: { ...pace, masterFile: [] }, behaviour: { plainSelect: 0x6982 } });
    expect(end.check('access.bac')).toMatchObject({ result: 'not supported', code: 'access.not-offered' });
    expect(outcomeOf(end.inspection).code).toBe('access.refused');
  });
});

describe('active authentication refused (§6.1.3: the protocol failed)', () => {
  const signing = foreignDocument(signingPassport, today);
  it.each([
    ['6982', 'PACE'],
    ['6d00', 'PACE'],
    ['6982', 'BAC'],
    ['6d00', 'BAC'],
  ] as const)('by %s after %s: failed, asked once, the document read', async (status, access) => {
    const document = access === 'PACE' ? signing : basicAccess;
    const activeAuthentication = statusOf(status);
    const end = await inspectForeign({ document, behaviour: { access, activeAuthentication } });
    const code = 'active-authentication.failed';
    expect(end.check('active-authentication')).toMatchObject({ result: 'failed', code });
    expect(end.commands.filter((command) => command[1] === 0x88)).toHaveLength(1);
    expect(end.successful).toEqual(expect.arrayContaining([...proved]));
    expect(end.resets).toBe(0);
  });
});

describe('exchanges with short lengths', () => {
  it.for([
    ['PACE, AES-128', pacePassport, {}, 223],
    ['PACE, 3DES', tripleDesPassport, {}, 223],
    ['PACE and active authentication', signingPassport, {}, 223],
    ['BAC', basicAccessPassport, { access: 'BAC' }, 223],
    ['PACE, answers of 160 bytes at most', pacePassport, { mostRead: 160 }, 160],
    // ISO/IEC 7816-4 §5.6: 6Cxx is said once, not at every block.
    ['PACE, 6CA0 to longer reads', pacePassport, { mostRead: 160, tooLong: 'corrected' }, 160],
    ['BAC, 6CA0 to longer reads', basicAccessPassport, { access: 'BAC', mostRead: 160, tooLong: 'corrected' }, 160],
  ] as const)('%s: no more than an ordinary terminal', async ([, document, behaviour, block], { annotate }) => {
    const end = await inspectForeign({ document: foreignDocument(document, today), behaviour, limits: short });
    const { exchanges } = end.inspection.reading;
    const ordinary = ordinaryExchanges(end, block);
    await annotate(`${exchanges} exchanges, an ordinary terminal ${ordinary}`);
    expect(end.successful).toEqual(expect.arrayContaining([...proved]));
    expect(exchanges).toBeLessThanOrEqual(ordinary);
  });
});
