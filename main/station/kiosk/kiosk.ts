import type { CaseView, Language } from '../../../preload/contract.ts';
import type { KioskSaid, KioskScreen, KioskState } from '../../../preload/kiosk-contract.ts';
import type { House } from '../../house/house.ts';
import { longest } from '../../result/bounds.ts';
import { caseNumber } from '../../result/case-number.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { Purpose } from '../../verification/types.ts';
import { purposesUnattended } from '../../verification/unattended.ts';
import type { Desk } from '../desk.ts';
import { languageOf } from '../interface-language.ts';
import type { Log } from '../log.ts';
import { Snapshots } from '../snapshots.ts';
import type { Timers } from '../timers.ts';
import type { KioskAnswers } from './answers.ts';
import { FaceVisit } from './face-visit.ts';
import { KioskHealth } from './health.ts';
import { layingOf } from './laying.ts';
import { Quiet, quietMillis, warningSeconds } from './quiet.ts';
import { endOf, filmedEnd, isOtherCardRead, isShownAgainst, saidOf } from './told.ts';

/** So often a person may try before a colleague is asked to come: of keys that open no chip, and of readings that fail. */
const mostTries = 3;
/** Who called a colleague waits longer than who stands before a question. */
const calledMillis = 5 * 60_000;

type Own = Exclude<KioskScreen, 'out-of-order' | 'reading' | 'colleague'>;

export interface KioskOptions {
  readonly house: Pick<House, 'kind' | 'policy' | 'orders' | 'keyKind' | 'keeping' | 'now' | 'plate' | 'refuseIfBusy'>;
  readonly desk: Pick<Desk, 'answers' | 'state' | 'onState' | 'cameraOpen' | 'unattended'>;
  readonly standIn: boolean;
  readonly timers: Timers;
  readonly log: Log;
  /** Opens the desk's window for a colleague who came, and closes it when they have gone. */
  readonly colleague: { readonly open: () => void; readonly close: () => void };
  /** A person has gone: their page is to be thrown away with all that it holds. */
  readonly wiped: () => void;
  /** The hour of the day here, from 0 to 23. */
  readonly hour: () => number;
  /** Starts the app anew; only while nobody is there. */
  readonly restart: () => void;
  /** A whole number from 0, below `below`, that nobody can foretell. */
  readonly choose: (below: number) => number;
}

/** A kiosk behind its window: one visit at a time. All that it knows of a person is here and in the case, and is gone with them. */
export class Kiosk {
  readonly #options: KioskOptions;
  readonly #snapshots: Snapshots<KioskState>;
  readonly #quiet: Quiet;
  readonly #health: KioskHealth;
  #visit = 0;
  #screen: Own = 'attract';
  /** Where the person was when they called somebody. */
  #before: Own = 'language';
  #language: Language;
  #purpose: Purpose | null = null;
  #order: KioskState['order'] = null;
  #said: KioskSaid | null = null;
  #wait: number | null = null;
  #result: KioskState['result'] = null;
  #receipt: string | null = null;
  #called = false;
  #speech = false;
  #lower = false;
  #contrast = false;
  /** Refused keys and failed readings of this visit. */
  #tries = 0;
  /** What the last look at the reading was of: each state of it is dealt with once. */
  #seen = '';
  #ending = false;
  /** Whether the person on file was looked for. */
  #looked = false;
  /** The document was read, and the face is filmed or was; null before. */
  #face: FaceVisit | null = null;
  #colleague = false;
  #specimens: KioskState['specimens'] = [];

  constructor(options: KioskOptions) {
    this.#options = options;
    this.#language = languageOf(options.house);
    this.#snapshots = new Snapshots<KioskState>(options.timers, (revision) => this.#view(revision));
    this.#quiet = new Quiet(options.timers, {
      warn: () => this.#snapshots.changed(),
      over: () => void this.#timeOver(),
    });
    this.#health = new KioskHealth({
      ...options,
      hindrance: () => options.desk.unattended.hindrance(),
      purposes: () => this.#purposes().length,
      isIdle: () => this.#screen === 'attract' && !this.#colleague,
      changed: () => this.#healthChanged(),
    });
  }

  /** Begins to follow the desk, and to look after itself. */
  async start(): Promise<void> {
    const { desk, house } = this.#options;
    desk.onState(() => this.#look());
    if (house.plate !== null)
      this.#specimens = (await desk.unattended.answers['training.specimens']()).map(({ id, title }) => ({ id, title }));
    this.#health.start();
    this.#snapshots.changed();
  }

  stop(): void {
    this.#health.stop();
    this.#quiet.stop();
    this.#snapshots.stop();
  }

  state(): KioskState {
    return this.#snapshots.state();
  }

  onState(listener: (state: KioskState) => void): () => void {
    return this.#snapshots.listen(listener);
  }

  /** Whether its page may use the camera now. */
  cameraOpen(): boolean {
    return !this.#colleague && this.#options.desk.cameraOpen();
  }

  /** Its page went down; it starts again where it was. Too often in a row is a kiosk out of order. */
  pageGone(comesAgain: boolean): void {
    this.#health.pageGone(comesAgain);
  }

  pageStands(): void {
    this.#health.pageStands();
  }

  readonly answers: KioskAnswers = {
    state: () => this.state(),
    touched: () => {
      if (this.#screen !== 'attract') this.#alive();
      this.#face?.touched();
      return null;
    },
    go: (screen) => this.#act(() => this.#go(screen)),
    chooseLanguage: (language) =>
      this.#act(() => {
        this.#language = language;
        if (this.#isOver()) return;
        this.#screen = this.#purpose === null ? 'purpose' : this.#afterPurpose();
      }),
    choosePurpose: (purpose) => this.#act(() => this.#choosePurpose(purpose)),
    scan: (text) => this.#act(() => this.#scan(text)),
    typeCan: (can) => this.#act(() => this.#key({ kind: 'can', can }, 'number-wrong')),
    typeFields: (fields) => this.#act(() => this.#key({ kind: 'fields', ...fields }, 'lines-wrong')),
    'mrz.judgeFilmed': (filmed) => this.#options.desk.unattended.answers['mrz.judgeFilmed'](filmed),
    'case.camera': async (wanted) => {
      let named: string | null = null;
      await this.#act(async () => {
        named = await this.#camera(wanted);
      });
      return { named };
    },
    // A plug that is loose is nobody's touch.
    camerasSeen: (names) => {
      if (this.#colleague) throw new Failure('case.busy');
      this.#health.camerasSeen(names);
      return null;
    },
    cameraFailed: (trouble) => this.#act(() => this.#health.cameraFailed(trouble)),
    beginFace: () => this.#act(() => this.#facing()?.begin()),
    'case.faceFilmed': (told) =>
      this.#act(async () => {
        if (this.#facing()?.films === true) await this.#options.desk.unattended.answers['case.faceFilmed'](told);
      }),
    faceFramed: (calm) =>
      this.#act(() => {
        if (this.#facing()?.films === true) this.#health.cameraStands();
        this.#facing()?.framed(calm);
      }),
    answerChallenge: (number, score) => this.#act(() => this.#facing()?.answer(number, score)),
    endFace: () =>
      this.#act(async () => {
        if (this.#facing() !== null) await this.#end();
      }),
    tryAgain: () =>
      this.#act(async () => {
        if (this.#isOver()) return;
        this.#said = null;
        await this.#options.desk.unattended.answers['case.tap']();
      }),
    callStaff: (wanted) =>
      this.#act(() => {
        this.#called = wanted;
        if (!wanted) return this.#goOn();
        this.#options.log('kiosk-staff-called', {});
        if (this.#screen !== 'staff') this.#before = this.#screen === 'attract' ? 'language' : this.#screen;
        this.#face?.paused();
        this.#screen = 'staff';
      }),
    goOn: () => this.#act(() => this.#goOn()),
    prefer: ({ speech, lower, contrast }) =>
      this.#act(() => {
        this.#speech = speech ?? this.#speech;
        this.#lower = lower ?? this.#lower;
        this.#contrast = contrast ?? this.#contrast;
        // Whoever listens or asks for another way to see is there.
        if (this.#screen === 'attract') this.#screen = 'language';
      }),
    leave: () => this.leave().then(() => null),
    signIn: (sign, secret) => this.#act(() => this.#signIn(sign, secret)),
    lay: (id) =>
      this.#act(async () => {
        const { house, desk } = this.#options;
        if (house.plate === null) return;
        if (id === null) await desk.unattended.answers['training.lift']();
        else await desk.unattended.answers['training.lay'](id);
      }),
  };

  /** The person has gone, or nobody answers: what is open ends as abandoned, and nothing of them stays. */
  async leave(): Promise<void> {
    const { desk, log } = this.#options;
    if (this.#ending || this.#colleague) return;
    this.#ending = true;
    try {
      if (desk.unattended.view() !== null) await desk.unattended.answers['case.abandon'](null, null);
    } catch (thrown) {
      log('kiosk-case-not-ended', { code: asFailure(thrown).code });
    } finally {
      this.#ending = false;
      this.#wipe();
    }
  }

  /** The colleague's window was closed, or they signed out: the kiosk is the next person's. */
  async colleagueGone(): Promise<void> {
    if (!this.#colleague) return;
    const { desk, log } = this.#options;
    try {
      const { session, case: open } = desk.state();
      const view = desk.unattended.view();
      if (session.operator !== null) await desk.answers['session.signOut']();
      if (view !== null || open !== null) await desk.unattended.left();
    } catch (thrown) {
      log('kiosk-case-not-ended', { code: asFailure(thrown).code });
    } finally {
      this.#colleague = false;
      this.#wipe();
    }
  }

  // Nobody answers any more. What was read well waits for a colleague; whoever comes back need not begin again.
  async #timeOver(): Promise<void> {
    if (this.#face !== null && this.#result === null && !this.#ending) await this.#end();
    await this.leave();
  }

  async #act(act: () => unknown): Promise<null> {
    if (this.#colleague) throw new Failure('case.busy');
    try {
      await act();
    } finally {
      if (this.#screen !== 'attract' && !this.#colleague) this.#alive();
      this.#look();
    }
    return null;
  }

  #alive(): void {
    // While a chip is read, and once somebody is coming, people wait for us and not we for them.
    if (this.#reads() || this.#facing()?.films === true) this.#quiet.stop();
    else this.#quiet.touched(this.#called ? calledMillis : quietMillis);
  }

  #reads(): boolean {
    return this.#ending || this.#options.desk.unattended.view()?.reading.state === 'reading';
  }

  /** Whether the document was dealt with: nothing of what comes before it is done any more. */
  #isOver(): boolean {
    return this.#result !== null || this.#face !== null;
  }

  /** The face step, while it is on the screen; else null. */
  #facing(): FaceVisit | null {
    return this.#screen === 'face' && this.#result === null && !this.#ending ? this.#face : null;
  }

  #purposes(): readonly Purpose[] {
    const { house } = this.#options;
    return purposesUnattended(house.policy, house.kind === 'training');
  }

  #hasOperators(): boolean {
    return this.#options.house.keeping.operators.state() !== 'none';
  }

  #go(screen: Own): void {
    if (this.#isOver() || this.#health.code !== null) return;
    const isOpen = this.#purpose !== null;
    if ((screen === 'way' || screen === 'film' || screen === 'can' || screen === 'fields') && !isOpen) return;
    if (screen === 'lay' && this.#options.desk.unattended.view()?.keyKind == null) return;
    if (this.#reads()) return;
    this.#said = null;
    this.#screen = screen;
  }

  #goOn(): void {
    if (this.#screen === 'staff') this.#screen = this.#result === null ? this.#before : 'result';
    this.#said = null;
  }

  async #choosePurpose(purpose: Purpose): Promise<void> {
    const { answers, view } = this.#options.desk.unattended;
    if (!this.#purposes().includes(purpose) || this.#health.code !== null || this.#isOver()) return;
    if (view() === null) await answers['case.begin']();
    await answers['case.choosePurpose'](purpose);
    // Nobody is looked up before a chip has said who they are: whoever types a name learns nothing here.
    if (view()?.holderAsked === true && view()?.holder === null) await answers['case.holderNotOnFile']();
    this.#purpose = purpose;
    this.#screen = this.#afterPurpose();
  }

  #afterPurpose(): Own {
    return this.#options.desk.unattended.view()?.keyKind === null ? 'way' : 'lay';
  }

  // A scanner types whatever it is held to, whenever it is.
  async #scan(text: string): Promise<void> {
    const { answers, view } = this.#options.desk.unattended;
    if (this.#health.code !== null || this.#isOver() || this.#reads()) return;
    if (this.#screen === 'attract') this.#screen = 'language';
    if (isLines(text)) {
      if (this.#purpose !== null) return this.#key({ kind: 'mrz', text }, 'lines-wrong');
      await this.#told('lines-wrong', () => answers['case.takeDocument'](text));
      return;
    }
    const isBefore = this.#screen === 'language';
    await this.#told('order-refused', async () => {
      const given = await this.#options.house.orders.read(text);
      const carrying = this.#carrying(given.order.purpose);
      if (carrying === null) throw new Failure('order.other-purpose');
      if (this.#purpose !== carrying) await this.#choosePurpose(carrying);
      await answers['case.readOrder'](text);
      this.#said = null;
      // Whoever begins with an order is asked for the language first all the same.
      if (isBefore) this.#screen = 'language';
      const order = view()?.order ?? null;
      this.#order =
        order === null
          ? null
          : {
              issuer: order.issuer.slice(0, longest.orderIssuer),
              text: order.text,
              amount: order.amount === null ? null : { ...order.amount },
            };
    });
  }

  // An order that names its purpose is carried by that one, where a person may begin it here; another goes with the purpose that was
  // chosen, or with the first that carries any.
  #carrying(named: string | null): Purpose | null {
    const { house } = this.#options;
    const able = this.#purposes().filter((purpose) => house.policy(purpose).order !== 'none');
    const chosen = named ?? this.#purpose;
    return (chosen === null ? able[0] : able.find((purpose) => purpose === chosen)) ?? null;
  }

  async #key(
    input: Parameters<KioskOptions['desk']['unattended']['answers']['case.setAccessKey']>[0],
    wrong: KioskSaid,
  ): Promise<void> {
    const { answers } = this.#options.desk.unattended;
    if (this.#purpose === null || this.#isOver()) return;
    await this.#told(wrong, async () => {
      await answers['case.setAccessKey'](input);
      this.#said = null;
      this.#screen = 'lay';
    });
  }

  // What goes wrong with what people typed is told in their words; the same code may mean much.
  async #told(wrong: KioskSaid, act: () => unknown): Promise<void> {
    try {
      await act();
    } catch (thrown) {
      const failure = asFailure(thrown);
      this.#wait = typeof failure.fields.seconds === 'number' ? Math.ceil(failure.fields.seconds) : null;
      this.#said = failure.code === 'access.delayed' ? 'wait' : wrong;
    }
  }

  // Answers which one is set for what is filmed.
  async #camera(wanted: boolean): Promise<string | null> {
    const { answers, view } = this.#options.desk.unattended;
    const films = this.#screen === 'film' || this.#facing()?.films === true;
    if (view() === null || (wanted && !films)) return null;
    return (await answers['case.camera'](wanted)).named;
  }

  async #signIn(sign: string, secret: string): Promise<void> {
    const { desk, house, colleague } = this.#options;
    if (this.#hasOperators()) {
      try {
        await desk.answers['session.signIn'](sign, secret);
      } catch (thrown) {
        const { code } = asFailure(thrown);
        this.#said =
          code === 'operator.wait' || code === 'operator.locked' || code === 'operator.station-locked'
            ? 'sign-in-wait'
            : 'sign-in-refused';
        return;
      }
    } else if (house.kind !== 'training') {
      this.#said = 'sign-in-refused';
      return;
    }
    this.#quiet.stop();
    this.#colleague = true;
    colleague.open();
  }

  // Everything that happens to the reading comes by here.
  #look(): void {
    const { desk, colleague } = this.#options;
    this.#health.look();
    if (this.#colleague) {
      const { session } = desk.state();
      if (session.needed && session.operator === null) colleague.close();
      this.#snapshots.changed();
      return;
    }
    const view = desk.unattended.view();
    const seen = view === null ? '' : `${view.id} ${view.reading.state} ${view.reading.taps} ${view.reading.code}`;
    if (view !== null && seen !== this.#seen) this.#readingChanged(view);
    this.#seen = seen;
    if (view?.reading.state === 'reading' && !this.#ending) this.#snapshots.progressed();
    else this.#snapshots.changed();
  }

  #readingChanged(view: CaseView): void {
    if (this.#isOver()) return;
    const { state, delay } = view.reading;
    if (state === 'reading') {
      this.#screen = 'lay';
      this.#said = null;
      this.#quiet.stop();
      return;
    }
    if (state === 'idle') return;
    this.#alive();
    this.#said = saidOf(view) ?? (state === 'waiting' ? this.#said : null);
    this.#wait = delay?.left ?? null;
    if (state === 'done' && !isOtherCardRead(view)) void this.#read();
    else if (state === 'failed') {
      this.#tries += 1;
      if (this.#tries >= mostTries || isShownAgainst(view)) void this.#end();
      else if (this.#said === 'key-wrong') this.#screen = 'way';
    }
  }

  /**
   * The document was read. Where a colleague finishes the case anyway the face is filmed for them, whatever was found: whoever is asked
   * learns nothing from it. Where the chip gave no photo a colleague has nothing to compare with, and nobody is filmed.
   */
  async #read(): Promise<void> {
    const { desk, timers } = this.#options;
    const { answers, view } = desk.unattended;
    if (this.#ending) return;
    this.#ending = true;
    this.#snapshots.changed();
    try {
      await this.#findHolder();
      const open = view();
      if (open !== null && open.portrait !== 'none' && endOf(open).outcome === 'refer') {
        await answers['case.goTo']('face');
        this.#face = new FaceVisit({
          timers,
          choose: this.#options.choose,
          isHeard: () => this.#speech,
          changed: () => this.#snapshots.changed(),
          over: () => void this.#end(),
        });
        this.#screen = 'face';
        this.#said = null;
      }
    } catch (thrown) {
      // Whatever hinders it is no reason to keep anybody from the end of their case.
      this.#options.log('kiosk-face-not-asked', { code: asFailure(thrown).code });
    } finally {
      this.#ending = false;
    }
    if (this.#face === null) return this.#end();
    this.#alive();
    this.#snapshots.changed();
  }

  /** What can be done here is done: the case is decided as far as a kiosk may, and the person is told what comes next. */
  async #end(): Promise<void> {
    const { desk, log } = this.#options;
    const { answers, view } = desk.unattended;
    if (this.#ending || this.#result !== null) return;
    this.#ending = true;
    this.#face?.over();
    this.#snapshots.changed();
    try {
      const found = this.#face?.found() ?? null;
      if (found !== null) desk.unattended.challenged(found);
      await this.#findHolder();
      this.#receipt = await this.#decide();
    } catch (thrown) {
      log('kiosk-case-not-ended', { code: asFailure(thrown).code });
      this.#result = 'not-now';
      if (view() !== null)
        await Promise.resolve(answers['case.abandon'](null, null)).catch((again: unknown) =>
          log('kiosk-case-not-ended', { code: asFailure(again).code }),
        );
    } finally {
      this.#ending = false;
      this.#screen = 'result';
      this.#said = null;
      this.#alive();
      this.#snapshots.changed();
    }
  }

  // The chip has said who they are; only now is anybody on file asked about, and nothing of it is told here.
  async #findHolder(): Promise<void> {
    const { answers, view } = this.#options.desk.unattended;
    const open = view();
    const number = open?.document?.holder.personalNumber ?? null;
    if (this.#looked) return;
    this.#looked = true;
    if (open === null || !open.holderAsked || open.holder !== null || number === null) return;
    const found = await answers['holders.find'](number);
    const named = found.filter(({ matchedBy }) => matchedBy === 'personal-number');
    const [only] = named;
    if (only !== undefined && named.length === 1) await answers['case.chooseHolder'](only.holder.id);
  }

  async #decide(): Promise<string> {
    const { answers, view } = this.#options.desk.unattended;
    for (let tries = 1; ; tries++) {
      const open = view();
      if (open === null || open.verdict === null) throw new Failure('case.not-open');
      // After the face step the end is the same whatever was found in it.
      const { outcome, told } = this.#face === null ? endOf(open) : filmedEnd;
      try {
        const { recordId } = await answers['case.decide']({
          outcome,
          reason: null,
          sign: null,
          seen: open.verdict.verdict,
        });
        this.#result = told;
        return caseNumber(recordId);
      } catch (thrown) {
        // A list came meanwhile, or the policy changed: it is looked at by that one, once more.
        if (asFailure(thrown).code !== 'decision.verdict-changed' || tries === 2) throw thrown;
      }
    }
  }

  #healthChanged(): void {
    // Whoever stands there is not left before a machine that does not go on; what was read well waits for a colleague.
    if (this.#health.code !== null && this.#face !== null && this.#result === null) void this.#end();
    else if (this.#health.code !== null && this.#screen !== 'attract' && this.#result === null && !this.#ending)
      void this.leave();
    this.#snapshots.changed();
  }

  #wipe(): void {
    this.#quiet.stop();
    const was = this.#screen !== 'attract' || this.#speech;
    this.#visit += 1;
    this.#screen = 'attract';
    this.#before = 'language';
    this.#language = languageOf(this.#options.house);
    this.#purpose = null;
    this.#order = null;
    this.#said = null;
    this.#wait = null;
    this.#result = null;
    this.#receipt = null;
    this.#face?.stop();
    this.#face = null;
    this.#looked = false;
    this.#called = false;
    this.#speech = false;
    this.#lower = false;
    this.#contrast = false;
    this.#tries = 0;
    this.#seen = '';
    this.#snapshots.changed();
    if (was) this.#options.wiped();
  }

  #view(revision: number): KioskState {
    const { desk, house, standIn } = this.#options;
    const view = this.#colleague ? null : desk.unattended.view();
    const { left } = this.#quiet;
    const total = view?.reading.bytesTotal ?? 0;
    return {
      revision,
      screen: this.#shown(view),
      visit: this.#visit,
      language: this.#language,
      training: house.kind === 'training',
      standIn,
      purposes: [...this.#purposes()],
      purpose: this.#purpose,
      order: this.#order,
      laying: layingOf(view?.printed ?? null),
      part: total === 0 ? 0 : Math.min(1, (view?.reading.bytesRead ?? 0) / total),
      said: this.#said,
      wait: this.#wait,
      face: this.#face === null || this.#result !== null ? null : this.#face.view(),
      result: this.#result,
      receipt: this.#receipt,
      called: this.#called,
      time: left === null ? null : { total: warningSeconds, left },
      speech: this.#speech,
      lower: this.#lower,
      contrast: this.#contrast,
      signIn: this.#hasOperators() || house.kind !== 'training',
      code: this.#health.code,
      specimens: this.#specimens,
      specimen: house.plate === null ? null : desk.state().specimen,
    };
  }

  #shown(view: CaseView | null): KioskScreen {
    if (this.#colleague) return 'colleague';
    if (this.#health.code !== null && this.#screen !== 'staff' && this.#result === null) return 'out-of-order';
    if (this.#ending && this.#face !== null) return 'face';
    const isReading = this.#ending || (this.#screen === 'lay' && view?.reading.state === 'reading');
    return isReading && this.#result === null ? 'reading' : this.#screen;
  }
}

/** Whether a scanner typed lines of a document: capitals, digits and fillers, and nothing that an order is written in. */
function isLines(text: string): boolean {
  return /^[A-Z0-9<\s]+$/i.test(text) && text.includes('<');
}
