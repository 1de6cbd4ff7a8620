import { describe, expect, it } from 'vitest';
import { refuseFirst } from '../../../main/house/referral-deciders.ts';
import type { Decider } from '../../../main/verification/types.ts';
import { failureCodeOf } from '../../support/failure-code.ts';

/* Whoever had a case does not decide it when it was referred (docs/operators.md), whatever they are called by then. */

const typed = (sign: string): Decider => ({ sign, source: 'typed' });
const account = (sign: string): Decider => ({ sign, source: 'operating-system' });
const operator = (sign: string, operatorId = `id-${sign}`): Decider => ({ sign, source: 'operator', operatorId });

const bearersOf = (id: string) => (['id-TE', 'id-T2'].includes(id) ? ['id-TE', 'id-T2'] : [id]);

describe('a referred case', () => {
  it.each<[string, { by: Decider; handledBy?: Decider[] }, Decider, string]>([
    ['by its operator', { by: operator('TE') }, operator('TE'), 'referral.own'],
    ['by its operator under another sign', { by: operator('TE') }, operator('XX', 'id-TE'), 'referral.own'],
    [
      'by an operator who had it before',
      { by: operator('TE'), handledBy: [operator('TF')] },
      operator('TF'),
      'referral.own',
    ],
    ['by another operator', { by: operator('TE'), handledBy: [operator('TE')] }, operator('TF'), 'none'],
    ['by a later operator of that sign', { by: operator('TE') }, operator('TE', 'id-other'), 'none'],
    // A second account, or one made anew: `T2` bears the name of `TE`.
    ['by its operator under a second account', { by: operator('TE') }, operator('T2'), 'referral.own'],
    [
      'by who had it before, under a second account',
      { by: operator('TF'), handledBy: [operator('T2')] },
      operator('TE'),
      'referral.own',
    ],
    ['by the same typed sign', { by: typed('TE') }, typed(' te'), 'referral.own'],
    ['by another typed sign', { by: typed('TE') }, typed('TF'), 'none'],
    // Referred in training before the first operator was added, decided after.
    ['by an operator of the sign that was typed', { by: typed('TE') }, operator('te'), 'referral.own'],
    ['by an operator of the account that referred it', { by: account('TE') }, operator('TE'), 'referral.own'],
    ['by an operator of another sign than was typed', { by: typed('TE') }, operator('TF'), 'none'],
  ])('is refused or decided %s', (_, { by, handledBy = [] }, decider, code) => {
    expect(failureCodeOf(() => refuseFirst({ by, handledBy }, decider, bearersOf))).toBe(code);
  });
});
