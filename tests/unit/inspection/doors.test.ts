import { describe, expect, it } from 'vitest';
import { optionalGroups } from '../../../main/document/optional-groups.ts';
import { checkEvidence } from '../../../main/inspection/check-evidence.ts';
import { evidenceFiles, readEvidenceFiles } from '../../../main/inspection/evidence-files.ts';
import type { Inspection } from '../../../main/inspection/types.ts';
import { fromHex } from '../../../main/result/bytes.ts';
import type { Check, CheckId } from '../../../main/result/check.ts';
import type { ChipProfile } from '../../../main/simulator/chip/chip-profile.ts';
import { faultCatalogue } from '../../../main/simulator/faults/fault-catalogue.ts';
import { type ChipFaults, parseChipFaults } from '../../../main/simulator/faults/faults.ts';
import { judge } from '../../../main/verification/verdict.ts';
import { policy } from '../../support/own-resources.ts';
import { extended, inspectSpecimen, today, trainingTrust } from './bench-of-specimens.ts';

/*
 * One judgement, three doors: a chip that is read now, what `inspect --save` kept of it, and its files alone.
 */

const trust = trainingTrust();

async function throughAllDoors(options: {
  readonly id: string;
  readonly faults?: ChipFaults;
  readonly dataGroups?: readonly (7 | 13 | 16)[];
}) {
  const around = { at: today, trust: await trust };
  const { inspection: live } = await inspectSpecimen({ ...options, limits: extended, trust: await trust });
  if (live.evidence === undefined) throw new Error('no evidence');
  const saved = await checkEvidence(readEvidenceFiles(evidenceFiles(live.evidence)), around);
  const loose = await checkEvidence({ files: live.evidence.files, facts: null }, around);
  return { live, saved, loose };
}

/** What rests on the session with the chip, which files do not show. */
const ofTheSession: readonly CheckId[] = [
  'access.pace',
  'access.bac',
  'access.downgrade',
  'secure-messaging',
  'chip-authentication',
  'active-authentication',
  'pace-cam',
];

/** What files say of a thing that is not among them. */
const notSeen: readonly Check['code'][] = [
  'file.not-read',
  'document.not-read',
  'security-object.missing',
  'data-group.missing',
  'data-group.not-verified',
];

const told = ({ result, code }: Check) => ({ result, code });

/** What keeps this check of the files from being that of the chip; null where nothing does. */
function difference(chip: Check, file: Check, { facts }: NonNullable<Inspection['evidence']>): string | null {
  if (chip.id !== file.id) return 'another check';
  const same = JSON.stringify(told(chip)) === JSON.stringify(told(file));
  // A copy of the files proves nothing of the session: nothing but a forgery that the files show themselves.
  if (ofTheSession.includes(chip.id)) {
    const unseen = file.result === 'undetermined' && file.code === 'file.not-read';
    return unseen || (file.result === 'failed' && same) ? null : 'tells of a session that it did not see';
  }
  if (same) return null;
  // Nobody gave the lines of the page, or the key fields, beside the files.
  if (chip.id === 'document.mrz' && facts.accessKey?.kind === 'mrz') {
    if (chip.code === 'mrz.differs' && file.result !== 'successful') return null;
    if (chip.result === 'successful' && file.code === 'mrz.page-not-compared') return null;
  }
  // How the reading ended is the chip's to tell, and so is what it denies: its application, a group that is signed for.
  if (chip.result === 'aborted' && facts.end !== null) return null;
  if (chip.code === 'document.no-application' && file.code === 'document.not-read') return null;
  if (chip.code === 'data-group.absent') return null;
  // A group that only a policy wants is not missed among files.
  const wanted = optionalGroups.flatMap((group) => facts.unread[`EF.DG${group}`]?.code ?? []);
  if (chip.id === 'document.data-groups' && wanted.some((code) => code === chip.code)) return null;
  const keptBack = Object.keys(facts.unread).length > 0;
  const says = file.result === 'undetermined' && notSeen.includes(file.code);
  return keptBack && says ? null : 'nothing that was not seen explains it';
}

// In the place of the specimen's own, where it has one.
function withCardAccess(contents: Uint8Array): ChipFaults {
  const file = { name: 'EF.CardAccess', identifier: 0x011c, shortIdentifier: 0x1c, contents, access: 'free' } as const;
  const profile = (chip: ChipProfile): ChipProfile => ({
    ...chip,
    masterFile: [...chip.masterFile.filter(({ name }) => name !== file.name), file],
  });
  return { issue: [{ profile }] };
}

describe('every fault of the catalogue, through three doors', () => {
  it.each(faultCatalogue)('$name', async ({ name, specimen, dataGroups }) => {
    const faults = parseChipFaults([name]);
    const { live, saved, loose } = await throughAllDoors({
      id: specimen,
      faults,
      ...(dataGroups === undefined ? {} : { dataGroups }),
    });
    expect(saved.checks).toEqual(live.checks);
    const { evidence } = live;
    if (evidence === undefined) throw new Error('no evidence');
    const differences = live.checks.flatMap((chip, at) => {
      const file = loose.checks[at];
      const why = file === undefined ? 'missing' : difference(chip, file, evidence);
      return why === null
        ? []
        : [{ why, chip: { ...told(chip), id: chip.id }, file: file === undefined ? null : told(file) }];
    });
    expect(differences).toEqual([]);
    const verdict = judge(policy('document'), loose.checks, { training: true, specimen: true }).verdict;
    expect(verdict).not.toBe('accept');
  });
});

describe('an EF.CardAccess that is nonsense (9303-11 §4.2 step 1, §9.2.11)', () => {
  const nonsense = fromHex('31053003060100');

  // Whatever the bytes are, and whether the reading or the understanding fails over them.
  it.each([
    '00000000000000',
    'ffffffffffffff',
    '31800000000000',
    '3184ffffffff00',
    '30053003060100',
    '31050000000000',
    '31053103060100',
    '42053003060100',
    '31820001020304',
  ])('of the bytes %s: never accepted', async (bytes) => {
    for (const id of ['us-passport', 'au-passport']) {
      const { live, loose } = await throughAllDoors({ id, faults: withCardAccess(fromHex(bytes)) });
      for (const { checks } of [live, loose]) {
        expect(checks.find((check) => check.id === 'card-access.consistency')?.result).toBe('undetermined');
        expect(judge(policy('document'), checks, { training: true, specimen: true }).verdict).not.toBe('accept');
      }
      expect(live.checks.find((check) => check.id === 'access.pace')?.result).not.toBe('not supported');
    }
  });

  it.each(['us-passport', 'au-passport', 'se-passport'])(
    '%s: never "not offered", never accepted, alike at the chip and in files',
    async (id) => {
      const { live, saved, loose } = await throughAllDoors({ id, faults: withCardAccess(nonsense) });
      expect(live.evidence?.files.get('EF.CardAccess')).toEqual(nonsense);
      expect(saved.checks).toEqual(live.checks);
      for (const { checks } of [live, loose]) {
        const found = checks.find((check) => check.id === 'card-access.consistency');
        expect(found).toMatchObject({ result: 'undetermined', code: 'security-infos.malformed' });
        const verdict = judge(policy('document'), checks, { training: true, specimen: true }).verdict;
        expect(verdict).toBe('refer');
      }
      for (const part of ['access.pace', 'access.downgrade'] as const)
        expect(live.checks.find((check) => check.id === part)?.code).not.toBe('access.not-offered');
    },
  );
});

it('loose files are never accepted, also where a policy passes over all that was not seen', async () => {
  const { loose } = await throughAllDoors({ id: 'se-passport' });
  const document = policy('document');
  const lax = {
    ...document,
    rules: document.rules.map((rule) => ({
      ...rule,
      outcomes: { ...rule.outcomes, undetermined: 'pass over', 'not supported': 'pass over' } as const,
    })),
    alternatives: [],
  };
  for (const training of [true, false]) {
    const { verdict, reasons } = judge(lax, loose.checks, { training, specimen: training });
    expect(verdict).toBe('refer');
    expect(reasons).toContain('file.not-read');
  }
});
