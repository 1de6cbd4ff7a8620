import { describe, expect, it } from 'vitest';
import { checkIds } from '../../../main/result/check.ts';
import { failureCodes } from '../../../main/result/failure-codes.ts';
import type { VerdictView } from '../../../preload/contract.ts';
import { arrangeChecks, markOf } from '../../../renderer/desk/check-view.ts';
import { passedOverOpen, reasonSentence, verdictMark, verdictSentence } from '../../../renderer/desk/verdict-view.ts';
import { languages } from '../../../resources/texts/languages.ts';
import { caseOf, check, holder, passport, wordsIn } from './cases.ts';

const english = wordsIn('en');
const swedish = wordsIn('sv');

function verdictOf(verdict: VerdictView['verdict'], changes: Partial<VerdictView> = {}): VerdictView {
  return { verdict, reasons: [], decidedBy: null, passedOver: [], conditions: [], ...changes };
}

describe('the verdict in one sentence', () => {
  it('says who it is and that the document is genuine', () => {
    const view = caseOf({ holder, document: passport, verdict: verdictOf('accept') });
    expect(verdictSentence(view, english)).toBe('This is Åsa Öberg, and the passport is genuine.');
    expect(verdictSentence(view, swedish)).toBe('Det här är Åsa Öberg, och passet är äkta.');
  });

  it('names nobody where nobody on file was chosen', () => {
    const view = caseOf({ document: { ...passport, type: 'identity-card' }, verdict: verdictOf('accept') });
    expect(verdictSentence(view, english)).toBe('The identity card is genuine.');
  });

  it('says the age where an age was asked for, and no name', () => {
    const age = { limits: [18, 20], limit: 20 };
    const asks = { paper: null, age, whyNotEid: null, reasons: null };
    const view = caseOf({ purpose: 'age', asks, document: passport, verdict: verdictOf('accept') });
    expect(verdictSentence(view, english)).toBe('Old enough, 20 or more, and the passport is genuine.');
    expect(verdictSentence(view, swedish)).toBe('Gammal nog, 20 år eller mer, och passet är äkta.');
  });

  it('says that the photo was changed, and tells it from a changed name', () => {
    const changed = (group: string) => {
      const hashes = {
        ...check('passive-authentication.hashes', 'failed', 'data-group.hash-differs'),
        detail: { dataGroups: { DG1: 'identical', DG2: 'identical', [group]: 'not identical' } },
      };
      const verdict = verdictOf('reject', {
        reasons: ['data-group.hash-differs'],
        decidedBy: 'passive-authentication.hashes',
      });
      return verdictSentence(caseOf({ checks: [hashes], verdict }), english);
    };
    expect(changed('DG2')).toBe('Do not accept: the photo in this chip was changed.');
    expect(changed('DG1')).toBe('Do not accept: the name or number in this chip was changed.');
    expect(changed('DG14')).toBe('Do not accept: data in this chip was changed after the document was issued.');
  });

  it('knows the groups by their bare numbers too', () => {
    const hashes = {
      ...check('passive-authentication.hashes', 'failed', 'data-group.hash-differs'),
      detail: { dataGroups: { '2': 'not identical' } },
    };
    const verdict = verdictOf('reject', { reasons: ['data-group.hash-differs'] });
    expect(verdictSentence(caseOf({ checks: [hashes], verdict }), swedish)).toContain('fotot i det här chippet');
  });

  it('says what the chip cannot do in the words of its check', () => {
    const verdict = verdictOf('refer', { reasons: ['check.not-made'], decidedBy: 'chip-authentication' });
    const checks = [
      check('passive-authentication.revocation', 'undetermined', 'check.not-made'),
      check('chip-authentication', 'undetermined', 'check.not-made'),
    ];
    expect(verdictSentence(caseOf({ checks, verdict }), english)).toBe(
      'Ask a colleague: it was not tested whether the chip is a copy.',
    );
  });

  it('makes one clean sentence of every failure in every language', () => {
    for (const code of failureCodes) {
      for (const words of languages.map(wordsIn)) {
        const sentence = verdictSentence(caseOf({ verdict: verdictOf('refer', { reasons: [code] }) }), words) ?? '';
        expect(sentence, code).toMatch(/^[^:]+: [^.]+[^.]\.$/);
        expect(reasonSentence(code, caseOf(), words)).not.toBe('');
      }
    }
  });

  it('says nothing before there is a verdict', () => {
    expect(verdictSentence(caseOf(), english)).toBeNull();
  });

  it('has a shape of its own for each verdict', () => {
    expect((['accept', 'refer', 'reject'] as const).map(verdictMark)).toEqual(['successful', 'refer', 'failed']);
  });
});

describe('the checks as lines', () => {
  it('stand once each, grouped, in the house’s order; those not made apart', () => {
    const all = checkIds.map((id, index) =>
      index % 3 === 0
        ? check(id, 'undetermined', 'check.not-made')
        : check(id, index % 3 === 1 ? 'failed' : 'successful', index % 3 === 1 ? 'document.expired' : undefined),
    );
    const { groups, passed, notMade } = arrangeChecks(all.toReversed());
    const shown = [...groups.flatMap(({ checks }) => checks), ...passed, ...notMade];
    expect(shown.map(({ id }) => id).sort()).toEqual([...checkIds].sort());
    expect(groups.map(({ group }) => group)).toEqual(['genuine', 'document', 'person', 'chip']);
    expect(passed.every(({ result }) => result === 'successful')).toBe(true);
    const inOrder = (ids: readonly string[]) => checkIds.filter((id) => ids.includes(id));
    expect(passed.map(({ id }) => id)).toEqual(inOrder(passed.map(({ id }) => id)));
    expect(notMade.every(({ code }) => code === 'check.not-made')).toBe(true);
  });

  it('keep what cannot be told apart from what is wrong', () => {
    expect(markOf(check('document.expiry', 'failed', 'document.expired'), null)).toBe('failed');
    expect(markOf(check('holder.name', 'undetermined', 'holder.name-near'), null)).toBe('untold');
    expect(markOf(check('holder.name', 'aborted', 'card.removed'), null)).toBe('untold');
    expect(markOf(check('holder.name', 'successful'), null)).toBe('successful');
  });

  it('ask where they made the verdict a colleague’s matter, unless they were passed over', () => {
    const near = check('holder.name', 'undetermined', 'holder.name-near');
    const refer = verdictOf('refer', { reasons: ['holder.name-near'] });
    expect(markOf(near, refer)).toBe('refer');
    expect(markOf(near, { ...refer, passedOver: ['holder.name'] })).toBe('untold');
    expect(markOf(near, verdictOf('reject', { reasons: ['holder.name-near'] }))).toBe('untold');
  });

  it('that were passed over are named where they were left open, not where the document has nothing of the kind', () => {
    const defects = check('document.defects', 'undetermined', 'defects.no-list');
    const all = [defects, check('pace-cam', 'not supported', 'check.aborted'), check('holder.name', 'successful')];
    const accept = verdictOf('accept', { passedOver: ['document.defects', 'pace-cam'] });
    expect(passedOverOpen(all, accept)).toEqual([defects]);
    expect(passedOverOpen(all, verdictOf('accept'))).toEqual([]);
    expect(passedOverOpen(all, null)).toEqual([]);
  });
});
