import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadOwnPolicies, ownAlone } from '../../../main/keeping/policies/own-policies.ts';
import { resourcesIn } from '../../../main/machine/resources.ts';
import { type Check, type CheckId, checkIds, successful, unsuccessful } from '../../../main/result/check.ts';
import { parsePlainDate } from '../../../main/result/plain-date.ts';
import { announceSpecimen } from '../../../main/simulator/documents/list-specimens.ts';
import { specimenIds } from '../../../main/simulator/documents/specimen.ts';
import { judge } from '../../../main/verification/verdict.ts';
import type { CaseView } from '../../../preload/contract.ts';
import { badNews } from '../../../renderer/desk/bad-news.ts';
import { arrangeChecks } from '../../../renderer/desk/check-view.ts';
import { chipPanel } from '../../../renderer/desk/reading-view.ts';
import { languages } from '../../../resources/texts/languages.ts';
import { caseOf, check, passport, readingOf, wordsIn } from './cases.ts';

// INTERFACE.md: bad news first; what failed stands in the middle of the screen after reading.

const english = wordsIn('en');
const policies = ownAlone(loadOwnPolicies(resourcesIn(resolve(import.meta.dirname, '../../../resources'))));
const today = parsePlainDate('2026-11-29');
if (today === null) throw new Error('no day');

/** A case whose chip is read and whose faces nobody has compared, with these checks and all others right. */
function readCase(made: readonly Check[]): CaseView {
  const face = unsuccessful('face.comparison', 'undetermined', 'face.not-compared');
  const all = checkIds.map((id) => [...made, face].find((one) => one.id === id) ?? successful(id));
  const station = { training: false, specimen: false, station: 'attended' } as const;
  const verdict = judge(policies.of('renew-bankid').policy, all, station);
  return caseOf({
    step: 'chip',
    keyKind: 'mrz',
    document: passport,
    reading: readingOf('done'),
    portrait: 'verified',
    checks: all.map((one) => ({ ...one, detail: { ...one.detail } })),
    verdict: { ...verdict, reasons: [...verdict.reasons], passedOver: [...verdict.passedOver], conditions: [] },
  });
}

const failing = specimenIds.flatMap((id) => {
  const { check: failed, result, code } = announceSpecimen(id, today).expected.inspect;
  return failed === null || result !== 'failed' || code === null ? [] : [{ id, failed, code }];
});

describe('the screen after reading', () => {
  it.each(failing)('$id: names what failed, $code', ({ failed, code }) => {
    const view = readCase([unsuccessful(failed, 'failed', code)]);
    for (const words of languages.map(wordsIn)) {
      const news = badNews(view, words);
      expect(news?.code).toBe(code);
      // Its first sentence is the half of another.
      const [first = ''] = words.failure(code).happened.split(/(?<=\.)\s/);
      const sentence = first.replace(/\.$/, '');
      expect(news?.sentence.toLowerCase()).toContain(sentence.toLowerCase());
    }
  });

  it('knows specimens that fail', () => {
    expect(failing.length).toBeGreaterThan(5);
  });

  it('says nothing bad where nothing failed, though no face was compared yet', () => {
    expect(badNews(readCase([]), english)).toBeNull();
  });

  it('says what else failed below the worst', () => {
    const news = badNews(
      readCase([
        unsuccessful('passive-authentication.signature', 'failed', 'security-object.signature-wrong'),
        unsuccessful('document.expiry', 'failed', 'document.expired'),
      ]),
      english,
    );
    expect(news?.verdict).toBe('reject');
    expect(news?.code).toBe('security-object.signature-wrong');
    expect(news?.others).toEqual([english.failure('document.expired').happened]);
  });

  it.each<CheckId>(['chip-authentication', 'active-authentication', 'pace-cam'])(
    'a copy that failed %s and broke off is no reading that went wrong',
    (id) => {
      const copy = check(id, 'failed', 'chip-authentication.failed');
      const reading = readingOf('failed', { code: 'chip-authentication.failed' });
      expect(chipPanel(caseOf({ keyKind: 'mrz', reading, checks: [copy] }), false)).toBe('done');
      const torn = check(id, 'aborted', 'card.response-malformed');
      expect(chipPanel(caseOf({ keyKind: 'mrz', reading, checks: [torn] }), false)).toBe('failed');
    },
  );
});

describe('the evidence', () => {
  it('folds what passed, and leaves in sight what passed with a remark', () => {
    const remarked = {
      ...check('passive-authentication.path', 'successful'),
      detail: { remarks: ['certificate.part-unreadable'] },
    };
    const { groups, passed } = arrangeChecks([
      check('document.mrz', 'successful'),
      check('document.expiry', 'failed', 'document.expired'),
      remarked,
    ]);
    expect(passed.map(({ id }) => id)).toEqual(['document.mrz']);
    expect(groups.flatMap(({ checks }) => checks.map(({ id }) => id))).toEqual([
      'passive-authentication.path',
      'document.expiry',
    ]);
  });
});
