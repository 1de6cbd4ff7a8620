import { describe, expect, it } from 'vitest';
import { roles } from '../../../main/result/roles.ts';
import type { CaseView, DeskState, SetUpView } from '../../../preload/contract.ts';
import { setUpSteps } from '../../../preload/set-up-contract.ts';
import { leftOpen, maySetUp, shownView, stateOf, stepAfter } from '../../../renderer/office/set-up/set-up-view.ts';
import { textsIn } from '../../../resources/texts/texts.ts';
import { deskOf } from './cases.ts';

/* The page of the first set-up: when it comes, to whom, and what it says of each step. */

const nobody: DeskState['session'] = { needed: false, operator: null, waiting: null };
const signedIn = (role: (typeof roles)[number]): DeskState['session'] => ({
  needed: true,
  operator: { sign: 'AB', name: 'Anna Berg', role, takesCases: role === 'teller', lapsed: false },
  waiting: null,
});
const away: DeskState['session'] = { needed: true, operator: null, waiting: null };
const shown = (changes: Partial<DeskState>, chosen: Parameters<typeof shownView>[0] = 'desk', left = false) =>
  shownView(chosen, deskOf(null, changes), left);

describe('the page', () => {
  it('comes before an empty desk while the set-up is not over, and stays away once it was left', () => {
    expect(shown({ setUp: 'lists', session: nobody })).toBe('setUp');
    expect(shown({ setUp: null, session: nobody })).toBe('desk');
    expect(shown({ setUp: 'lists', session: nobody }, 'desk', true)).toBe('desk');
    // Other pages are gone to from it, and come back from to it.
    expect(shown({ setUp: 'lists', session: nobody }, 'trust')).toBe('trust');
  });

  it('does not come over a case', () => {
    expect(shown({ setUp: 'case', session: nobody, case: {} as CaseView })).toBe('desk');
  });

  it.each(roles)('comes to a %s only where they may set the station up', (role) => {
    const may = role === 'administrator';
    expect(maySetUp(signedIn(role))).toBe(may);
    expect(shown({ setUp: 'lists', session: signedIn(role) })).toBe(may ? 'setUp' : 'desk');
    // Whoever had it open has gone, and somebody else has come.
    expect(shown({ setUp: 'lists', session: signedIn(role) }, 'setUp')).toBe(may ? 'setUp' : 'desk');
    expect(shown({ setUp: 'lists', session: away })).toBe('desk');
  });

  it('is found again once it is over', () => {
    expect(shown({ setUp: null, session: nobody }, 'setUp')).toBe('setUp');
  });
});

describe('the steps', () => {
  const view = {
    steps: setUpSteps.slice(0, -1).map((step, index) => ({
      step,
      state: (['done', 'skipped', 'open', 'said', 'done', 'open'] as const)[index],
    })),
  } as unknown as SetUpView;

  it('follow each other to the overview', () => {
    const walked = setUpSteps.map(stepAfter);
    expect(walked).toEqual([...setUpSteps.slice(1), 'overview']);
  });

  it('are left where they are not done: what staff say is no more than said', () => {
    expect(leftOpen(view).map(({ step }) => step)).toEqual(['key', 'lists', 'administrator', 'case']);
    expect(stateOf(view, 'administrator')).toBe('said');
    expect(stateOf(view, 'overview')).toBeNull();
  });

  it.each(['sv', 'en'] as const)('each say in %s what they are, and what follows from leaving them out', (language) => {
    const t = textsIn(language);
    const told = view.steps.map(({ step }) => [t(`setUp/names/${step}`), t(`setUp/consequences/${step}`)]);
    expect(new Set(told.flat()).size).toBe(2 * told.length);
  });
});
