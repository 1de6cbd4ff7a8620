import type { Holder } from '../../main/holders/holder.ts';
import type { House } from '../../main/house/house.ts';
import { createDesk, type Desk } from '../../main/station/desk.ts';
import { Kiosk } from '../../main/station/kiosk/kiosk.ts';
import type { Operator } from '../../main/store/operators/operator.ts';
import { anna, FakeHouse, FakeTimers } from './fake-house.ts';
import { fakeOperators } from './fake-operators.ts';

/** A kiosk on a house that the test moves, without its window. */
export class KioskWithoutWindow {
  readonly fake = new FakeHouse();
  readonly timers = new FakeTimers();
  readonly staff: Operator[];
  /** What the kiosk moved around it, in order. */
  readonly moved: string[] = [];
  readonly lines: string[] = [];
  /** Whom anybody was looked up by. */
  readonly lookedUp: string[] = [];
  onFile: readonly Holder[] = [anna];
  unattended: 'refused' | 'begun' = 'refused';
  hour = 12;
  /** What is asked for before the camera: the first of those that may be, each time. */
  choose: (below: number) => number = () => 0;
  readonly desk: Desk;
  readonly kiosk: Kiosk;

  constructor(kind: House['kind'] = 'training', staff: Operator[] = []) {
    this.staff = staff;
    const { house, beside } = this.fake;
    let cases = 0;
    const own: House = {
      ...house,
      kind,
      policy: (id) => ({ ...house.policy(id), unattended: this.unattended }),
      findHolders: async (query) => {
        this.lookedUp.push(query);
        return this.onFile.map((holder) => ({ holder, matchedBy: 'personal-number' as const }));
      },
      keeping: { ...house.keeping, operators: fakeOperators(this.staff) },
    };
    this.desk = createDesk({
      ...beside,
      house: own,
      standIn: false,
      newCaseId: () => `case-${++cases}`,
      timers: this.timers,
    });
    this.kiosk = new Kiosk({
      house: own,
      desk: this.desk,
      standIn: false,
      timers: this.timers,
      log: (event) => void this.lines.push(event),
      colleague: { open: () => this.moved.push('open'), close: () => this.moved.push('close') },
      wiped: () => this.moved.push('wiped'),
      hour: () => this.hour,
      choose: (below) => this.choose(below),
      restart: () => this.moved.push('restart'),
    });
  }

  async start(): Promise<void> {
    await this.desk.start();
    await this.kiosk.start();
  }

  /** So many seconds go by, one after the other. */
  pass(seconds: number): void {
    for (let second = 0; second < seconds; second++) this.timers.advance(1_000);
  }
}
