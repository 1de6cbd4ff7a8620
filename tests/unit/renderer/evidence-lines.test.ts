import { describe, expect, it } from 'vitest';
import type { ActiveAuthenticationSignature } from '../../../main/chip/active-authentication-signature.ts';
import type { ChipAuthenticationEvidence } from '../../../main/chip/chip-authentication.ts';
import { numberKinds } from '../../../main/holders/numbers/types.ts';
import { checkResults } from '../../../main/result/check.ts';
import { failureCodes } from '../../../main/result/failure-codes.ts';
import { listSpecimens } from '../../../main/simulator/documents/list-specimens.ts';
import { defectKinds } from '../../../main/trust/defects/defect-types.ts';
import { paperFindings, paperParts } from '../../../main/verification/paper-findings.ts';
import { registerAnswers } from '../../../main/verification/register-check.ts';
import { evidenceKinds } from '../../../renderer/desk/evidence-kinds.ts';
import { evidenceLines } from '../../../renderer/desk/evidence-lines.ts';
import { languages } from '../../../resources/texts/languages.ts';
import { evidenceNames } from '../../support/evidence-names.ts';
import { inspectSpecimen, today } from '../inspection/bench-of-specimens.ts';
import { wordsIn } from './cases.ts';

/** Rooms whose failures end a check, with what they carry. */
const ending = ['main/chip', 'main/document', 'main/crypto', 'main/inspection', 'main/reader', 'main/trust/x509'];
const judging = [...ending, 'main/trust', 'main/holders', 'main/verification', 'main/result'];

/** What the source hands on without saying its names there, and under which names it comes. */
const handedOn: Readonly<Record<string, readonly string[]>> = {
  'main/inspection/checks/clone-protection.ts: evidence': Object.keys({
    protocol: true,
    agreement: true,
    parameters: true,
    cipher: true,
    command: true,
    keyId: true,
  } satisfies Record<keyof ChipAuthenticationEvidence, true>),
  'main/inspection/checks/clone-protection.ts: finding.signature': Object.keys({
    scheme: true,
    hash: true,
    named: true,
  } satisfies Record<keyof ActiveAuthenticationSignature, true>),
  'main/inspection/checks/pace-cam.ts: standing.detail': ['signature', 'path', 'revocation', 'validity', 'country'],
  'main/inspection/checks/pace-cam.ts: forged.detail': ['signature', 'path', 'revocation', 'validity', 'country'],
  'main/verification/errand-checks.ts: answers.paper': paperParts,
  'main/verification/blocked-documents.ts: blocked': ['reason', 'since'],
  // The fields of a failure, less two of them.
  'main/inspection/judge/file-checks.ts: seen': [],
};
// A failure's own fields, and the evidence that a check has already: their names stand where they were written first.
const writtenElsewhere = /\.fields$|\bdetail$/;

/** Of failures that come before any check is made: a library that readers are reached by, the numbers of a register. */
const ofNoCheck = ['birth', 'built', 'library', 'package', 'running'];

const source = evidenceNames([...new Set(judging)], ending);

describe('the names of evidence', () => {
  it('are all followed to where they are written', () => {
    expect(source.open.filter((place) => !writtenElsewhere.test(place) || place in handedOn)).toEqual(
      Object.keys(handedOn).sort(),
    );
  });

  it('have each a text in every language, and no text is for nothing', () => {
    const names = new Set([...source.names, ...Object.values(handedOn).flat()]);
    expect([...names].filter((name) => !ofNoCheck.includes(name)).sort()).toEqual(Object.keys(evidenceKinds).sort());
  });
});

const untold = languages.map((language) => wordsIn(language).t('evidence/technical'));
const unnamed = languages.map((language) => wordsIn(language).t('evidence/further'));

describe.each(languages)('the evidence in %s', (language) => {
  const words = wordsIn(language);

  it.each([
    ['kind', [...numberKinds, ...defectKinds, 'passport', 'identity-card', 'residence-permit', 'master-list']],
    ['answer', registerAnswers],
    ['feel', paperFindings],
    ['recorded', checkResults],
    ['because', failureCodes],
  ] as const)('says each code of %s as a word', (name, codes) => {
    for (const code of codes) {
      const [line] = evidenceLines({ [name]: code }, words);
      expect(untold, code).not.toContain(line?.value);
      expect(line?.technical, code).toBe(false);
    }
  });

  it('shows days as days, states by their names, what is counted with its unit, and sums shortened', () => {
    const sum = 'ab'.repeat(32);
    const lines = evidenceLines(
      { country: 'SE', until: '2030-01-31', ageDays: 2, securityObject: sum, training: false },
      words,
    );
    expect(lines.map(({ value }) => value)).toEqual([
      { sv: 'Sverige', en: 'Sweden', fi: 'Ruotsi', nb: 'Sverige', da: 'Sverige' }[language],
      { sv: '31 jan. 2030', en: '31 Jan 2030', fi: '31.1.2030', nb: '31. jan. 2030', da: '31. jan. 2030' }[language],
      { sv: '2 dygn', en: '2 days', fi: '2 päivää', nb: '2 døgn', da: '2 dage' }[language],
      'abababab…abababab',
      words.t('evidence/no'),
    ]);
    expect(lines[3]).toMatchObject({ technical: true, whole: sum });
  });

  it('names what is part of something by both, and of several which', () => {
    const lines = evidenceLines(
      { path: [{ country: 'SWE' }, { country: 'FIN' }], dataGroups: { DG2: 'identical' } },
      words,
    );
    const [path, country] = [words.t('evidenceNames/path'), words.t('evidenceNames/country')];
    expect(lines.map(({ label }) => label)).toEqual([
      `${path} 1 · ${country}`,
      `${path} 2 · ${country}`,
      `${words.t('evidenceNames/dataGroups')} · ${words.t('evidenceValues/DG2')}`,
    ]);
    expect(lines[2]?.value).toBe(words.t('evidenceValues/identical'));
  });

  it('shows no name and no code that it has no words for', () => {
    const odd = {
      someNewName: 'some-new-code',
      kind: 'someNewCode',
      status: '6982',
      remarks: ['signature.hash-broken'],
    };
    expect(evidenceLines(odd, words)).toMatchObject([
      { label: words.t('evidence/further') },
      { value: words.t('evidence/technical') },
    ]);
    const shown = JSON.stringify(evidenceLines(odd, words));
    for (const raw of ['someNew', '6982', 'hash-broken']) expect(shown).not.toContain(raw);
  });

  it('shows no end of what goes on without end', () => {
    const endless: Record<string, unknown> = {};
    endless.defect = endless;
    expect(evidenceLines(endless, words)).toEqual([]);
  });
});

it.each(listSpecimens(today))('of $id, everything has its words', async ({ id }) => {
  const { inspection } = await inspectSpecimen({ id });
  for (const language of languages)
    for (const check of inspection.checks)
      for (const { label, value } of evidenceLines(check.detail, wordsIn(language))) {
        const told = `${check.id}: ${label}: ${value}`;
        expect(
          unnamed.some((word) => label.includes(word)),
          told,
        ).toBe(false);
        expect(
          untold.some((word) => value.includes(word)),
          told,
        ).toBe(false);
      }
});
