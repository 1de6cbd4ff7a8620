import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../main/result/failure.ts';
import type { ReaderAdvice } from '../../../main/result/reader-advice.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import { FakeHouse, FakeTimers } from '../../support/fake-house.ts';
import { rejection } from '../../support/rejection.ts';

/* The readers as the office shows them: what the table of readers knows of each, and a test that reads nothing. */

const advice: readonly ReaderAdvice[] = ['acr122'];
let fake: FakeHouse;
let desk: Desk;
let tried: string[];
let found: () => 'document' | 'other-card' | 'unclear';

beforeEach(async () => {
  fake = new FakeHouse(['ACS ACR122U 00 00', 'Reader B']);
  tried = [];
  found = () => 'document';
  const { house, beside } = fake;
  desk = createDesk({
    ...beside,
    house: {
      ...house,
      adviceOnReader: (name) => (name.includes('ACR122') ? advice : []),
      tryReader: async (name) => {
        tried.push(name);
        return found();
      },
    },
    standIn: false,
    newCaseId: () => 'case-1',
    timers: new FakeTimers(),
  });
  await desk.start();
});

const testing = (name: string) => async () => desk.answers['readers.test'](name);

describe('the readers', () => {
  it('are each shown with what is known of them', () => {
    expect(desk.answers['readers.known']()).toEqual([
      { name: 'ACS ACR122U 00 00', advice: ['acr122'] },
      { name: 'Reader B', advice: [] },
    ]);
  });

  it('are asked by name what lies on them, whatever the desk reads on', async () => {
    found = () => 'other-card';
    expect(await testing('Reader B')()).toMatchObject({ reader: 'Reader B', found: 'other-card' });
    expect(tried).toEqual(['Reader B']);
  });

  it('are asked nothing that is no reader’s name, and nothing while a case is open', async () => {
    expect((await rejection(testing('Reader C')()))?.code).toBe('reader.not-found');
    desk.answers['case.begin']();
    expect((await rejection(testing('Reader B')()))?.code).toBe('case.busy');
    expect(tried).toEqual([]);
  });

  it('say why nothing answered', async () => {
    found = () => {
      throw new Failure('card.absent');
    };
    expect((await rejection(testing('Reader B')()))?.code).toBe('card.absent');
  });
});
