import type { AccessKeyInput, DeskState } from '../../preload/contract.ts';
import type { Viewer } from '../holders/holder-view.ts';
import type { House } from '../house/house.ts';
import { hadIt } from '../house/referral-deciders.ts';
import type { TrustWorkshop } from '../keeping/workshop/workshop.ts';
import { most } from '../result/bounds.ts';
import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { faceComparison } from '../verification/face-check.ts';
import { withCameraChosen, withChallenge } from '../verification/film-findings.ts';
import type { GivenOrder } from '../verification/order-case.ts';
import { openedBy } from './access-key-input.ts';
import type { Answers } from './answers.ts';
import { gated } from './call-gate.ts';
import { CardLook } from './card-look.ts';
import { CaseClosing, judgeCaseAgain, type SealedCase } from './case-closing.ts';
import { assertGround, type CaseFile, holderAnswered, isHolderAsked, newHolderOf, openCaseFile } from './case-file.ts';
import { lastAnswer, orderTyped, setOrder } from './case-order.ts';
import { caseView, holderView } from './case-view.ts';
import { CheckTending } from './check-tending.ts';
import { type AskedAct, type Confirmation, Confirmations } from './confirmation.ts';
import { DeliveryTending } from './delivery-tending.ts';
import { documentAnswers, giveWaitingKey } from './document-first.ts';
import { Elsewhere } from './elsewhere.ts';
import { errandAnswers } from './errand-answers.ts';
import { filmedFaceAnswers } from './face-film.ts';
import { filmedAnswers, filmedAt, mayFilm } from './filmed-answers.ts';
import { headquartersAnswers } from './headquarters-answers.ts';
import { HeadquartersDraft } from './headquarters-draft.ts';
import { HeadquartersWork } from './headquarters-work.ts';
import { houseAnswers } from './house-answers.ts';
import { languageOf } from './interface-language.ts';
import { type UnattendedDesk, unattendedMethods } from './kiosk/unattended.ts';
import { besideMachine, machineAnswers } from './machine-answers.ts';
import { OfferedOrders, type WaitingGiven } from './offered-orders.ts';
import { operatorAnswers } from './operator-answers.ts';
import { policyAnswers } from './policy-answers.ts';
import { PortraitGuard } from './portrait-guard.ts';
import { readerAnswers } from './reader-answers.ts';
import { keepReaderSet, readerSetOf } from './reader-setting.ts';
import { ReaderWatch } from './reader-watch.ts';
import { Reading } from './reading.ts';
import { receiptOf, recordAnswers } from './record-answers.ts';
import { referralQueue, reopenedCase } from './referred-cases.ts';
import { registerAnswers } from './register-answers.ts';
import { retentionAnswers } from './retention-answers.ts';
import { RetentionTending } from './retention-tending.ts';
import { dropReused, lookForReusable, reuse } from './reuse.ts';
import { rosterAnswers } from './roster-answers.ts';
import { RosterTending } from './roster-tending.ts';
import {
  dropSecond,
  dropUnlessTaken,
  endReadings,
  isReadingNow,
  refuseWhileSecond,
  setSecondKey,
  tapSecond,
} from './second-document.ts';
import { serviceAnswers } from './service-answers.ts';
import { Session } from './session.ts';
import { FirstSetUp } from './set-up.ts';
import { setUpAnswers } from './set-up-answers.ts';
import { signerAnswers } from './signer-answers.ts';
import { SignerLook } from './signer-look.ts';
import { Snapshots } from './snapshots.ts';
import { stationsAnswers } from './stations-answers.ts';
import { machineTimers, type Timers } from './timers.ts';
import { trustAnswers } from './trust-answers.ts';
import { trustBasisAnswers } from './trust-basis-answers.ts';
import { TrustTending } from './trust-tending.ts';

export interface DeskOptions {
  readonly house: House;
  /** Whether windows are pages of the stand-in. */
  readonly standIn: boolean;
  /** A fresh name for each case. */
  readonly newCaseId: () => string;
  /** Long work on the trust store, beside the desk. */
  readonly workshop: TrustWorkshop;
  /** Lets a person choose files in a dialog of the system; none where they chose none. */
  readonly chooseFiles: () => Promise<readonly string[]>;
  /** Lets a person name a new file in a dialog of the system; null where they named none. */
  readonly chooseNewFile: (name: string) => Promise<string | null>;
  /** Shows people an act that they are to confirm, in a window that no page reaches. */
  readonly showConfirmation: (confirmation: Confirmation) => void;
  /** What a package brings of others' licences; null outside one, and where it is left out. */
  readonly notices?: () => string | null;
  readonly timers?: Timers;
}

/** The desk behind its windows: one case at a time, and everything that a page may ask. */
export interface Desk {
  readonly answers: Answers;
  /** What a kiosk does here where nobody of the staff stands. No page reaches it. */
  readonly unattended: UnattendedDesk;
  state(): DeskState;
  /** Hears of every snapshot; the answer stops it. */
  onState(listener: (state: DeskState) => void): () => void;
  /** The orders that the bank's systems handed over and that wait now, newest first: staff may give one to a case. */
  offerOrders(waiting: WaitingGiven): void;
  /** A link of the bank's was opened: why no order came of it; null where one did. Staff are told until they say that they saw it. */
  linkOpened(refused: FailureCode | null): void;
  /** Whether the page may use the camera now: it asked for it at this step, which shows a face or a document's lines. */
  cameraOpen(): boolean;
  /** The page went down. It starts again and asks for the state; what took it down it is not given again. */
  pageGone(): void;
  /** Begins to watch the readers and to keep the trust store fresh. */
  start(): Promise<void>;
  /** Ends the case that is open as abandoned, so that it leaves its record too; nothing is told any more. */
  leave(): Promise<void>;
}

/** The desk of one station, on the house it is given. */
export function createDesk(options: DeskOptions): Desk {
  const {
    house,
    standIn,
    newCaseId,
    workshop,
    chooseFiles,
    chooseNewFile,
    showConfirmation,
    notices = () => null,
  } = options;
  const { timers = machineTimers } = options;
  let open: CaseFile | null = null;
  /** The step at which the page opened the camera. */
  let camera: CaseFile['step'] | null = null;
  let ended: GivenOrder | null = null;
  let lastRecord: string | null = null;
  let waiting = 0;
  const portraits = new PortraitGuard();
  const offered = new OfferedOrders(house.answers);
  const setUp = new FirstSetUp(house);

  const watch = new ReaderWatch(() => {
    open?.reading.readersChanged(open.step === 'chip');
    open?.second?.reading.readersChanged(open.step === 'second');
    snapshots.changed();
  }, readerSetOf(house));
  const snapshots = new Snapshots<DeskState>(timers, (revision) => ({
    revision,
    station: house.stationKind(),
    stationName: house.keeping.station.name(),
    setUp: setUp.step,
    referrals: hasQueue() ? waiting : null,
    delivery: delivery.view(),
    session: session.view(open?.handledBy.at(-1)?.sign ?? null),
    service: { ...watch.service },
    readers: watch.readers.map(({ name, kind, state }) => ({ name, kind, state })),
    reader: (open?.step === 'chip' || open?.step === 'second' ? watch.chosen : watch.chosenIdle)?.name ?? null,
    readerSet: watch.set,
    case: open === null || !session.showsCase ? null : caseView(house, open, viewer()),
    ...(session.showsCase ? offered.view() : { offered: [], offeredMore: 0, refusedLink: null }),
    specimen: house.plate?.lying() ?? null,
    trustWork: tending.underWay(),
    rosterWork: roster.underWay(),
    headquartersWork: headquarters.underWay(),
    recordsCheck: checking.underWay(),
  }));
  const delivery = new DeliveryTending({
    house,
    changed: () => snapshots.changed(),
    exchanged: () => {
      try {
        countWaiting();
      } catch {
        // A folder that is busy now is looked at again (`elsewhere`).
      }
      snapshots.changed();
    },
    isFree: () => open === null && tending.underWay() === null && roster.underWay() === null,
    takeTrust: (content) => tending.takeBundle(content),
  });
  const tending = new TrustTending({
    keeping: house.keeping,
    workshop,
    timers,
    isReading: () => open !== null && isReadingNow(open),
    changed: () => {
      snapshots.changed();
      if (tending.underWay() === null) listsChanged();
    },
    progressed: () => snapshots.progressed(),
    spread: Math.random,
  });
  const look = new SignerLook(tending, house.keeping.report);
  const retention = new RetentionTending({
    keeping: house.keeping,
    timers,
    isReading: () => open !== null && isReadingNow(open),
    changed: () => snapshots.changed(),
  });

  const checking = new CheckTending(house, {
    changed: () => snapshots.changed(),
    progressed: () => snapshots.progressed(),
  });
  const roster = new RosterTending(house, {
    changed: () => snapshots.changed(),
    progressed: () => snapshots.progressed(),
  });

  const headquarters = new HeadquartersWork(delivery, {
    changed: () => snapshots.changed(),
    progressed: () => snapshots.progressed(),
  });

  const draft = new HeadquartersDraft(house.fleet);
  const card = new CardLook(house.travel);

  const opened = (): CaseFile => {
    if (open === null) throw new Failure('case.not-open');
    if (closing.underWay) throw new Failure('case.busy');
    // Role and training of whoever has the case are those of now, whatever they were when they took it.
    takeOver(open);
    return open;
  };

  // What was read stands; whom nobody compared with it yet (at a kiosk) a colleague compares who stands before them.
  const openedToCompare = () => {
    const file = opened();
    if (file.referral !== null && file.referral.face !== null) throw new Failure('referral.as-it-was');
    return file;
  };
  // A referred case is decided as it was read.
  const openedToAnswer = (): CaseFile => {
    const file = opened();
    if (file.referral !== null) throw new Failure('referral.as-it-was');
    return file;
  };

  const setReader = async (name: string | null): Promise<null> => {
    const staying = name === null ? null : await watch.stayingName(name);
    keepReaderSet(house, staying);
    watch.setReader(staying);
    return null;
  };
  const changed = (): null => {
    if (open === null || open.step !== camera || !mayFilm(open)) camera = null;
    // A folder that was locked may be open now.
    delivery.start();
    snapshots.changed();
    return null;
  };

  const session: Session = new Session({
    operators: house.keeping.operators,
    timers,
    today: house.today,
    changed: () => {
      // Nobody looks on whom the camera shows.
      camera = null;
      snapshots.changed();
    },
  });
  const confirmations = new Confirmations({ operators: house.keeping.operators, timers, show: showConfirmation });
  const viewer = (): Viewer => session.operator?.role ?? null;
  // In an ordinary folder a colleague is an operator; in training without operators a second sign that is typed stands for one.
  const hasQueue = (): boolean => session.needed || house.kind === 'training';
  const countWaiting = (): void => {
    waiting = hasQueue() && house.keyKind() !== 'locked' ? house.referralsWaiting() : 0;
  };
  const elsewhere = new Elsewhere({
    timers,
    look: () => {
      session.look();
      countWaiting();
      return [session.needed, session.operator?.role ?? null, waiting];
    },
    changed: () => {
      // Nobody looks on whom the camera shows, once somebody has to sign in.
      if (!session.showsCase) camera = null;
      snapshots.changed();
    },
  });
  const newReading = (): Reading =>
    new Reading({
      house,
      watch,
      timers,
      order: () => ({
        dataGroups: house.policy(open?.purpose ?? 'document').dataGroups,
        ...(open === null || open.order === null ? {} : { orderHash: open.order.hash }),
      }),
      changed: () => snapshots.changed(),
      progressed: () => snapshots.progressed(),
      otherChip: () => {
        if (open !== null) open.face = null;
      },
    });
  // An order binds the first document: a second one is read for the case alone.
  const newSecondReading = (after: Reading): Reading =>
    new Reading({
      house,
      watch,
      timers,
      order: () => ({ dataGroups: house.policy(open?.purpose ?? 'document').dataGroups }),
      changed: () => snapshots.changed(),
      progressed: () => snapshots.progressed(),
      otherChip: () => undefined,
      after,
    });
  // Whoever comes to a case takes it over from where it is.
  const takeOver = (file: CaseFile): void => {
    const { operator } = session;
    if (operator === null || !session.showsCase) return;
    const last = file.handledBy.at(-1);
    if (last?.id !== operator.id) file.handledBy = [...file.handledBy, operator];
    else if (last.role !== operator.role) file.handledBy = [...file.handledBy.slice(0, -1), operator];
    file.lapsed = session.lapsed;
  };

  const closing = new CaseClosing({
    house,
    timers,
    operator: () => session.operator,
    hasQueue,
    closed: () => {
      ended = open?.order ?? null;
      offered.drop(ended?.hash);
      open = null;
      countWaiting();
      delivery.nudge();
    },
    changed: () => changed(),
  });

  const sealed = (kept: SealedCase): SealedCase => {
    lastRecord = kept.recordId;
    return kept;
  };

  // What staff see of the open case is judged by the new lists at once, not only when they decide.
  const listsChanged = (): null => {
    const judged = open === null || closing.underWay ? Promise.resolve() : judgeCaseAgain(house, open);
    // Where it fails the decision tells: it judges once more.
    void judged.then(changed, () => undefined);
    return null;
  };

  const begin = (): null => {
    if (open !== null) throw new Failure('case.busy');
    if (house.keyKind() === 'locked') throw new Failure('storage.locked');
    open = openCaseFile(newCaseId(), house.now(), { reading: newReading(), portraits });
    takeOver(open);
    return changed();
  };

  const setKey = (input: AccessKeyInput): null => {
    const file = openedToAnswer();
    const { key, page } = openedBy(input, house.today());
    // What is typed and tapped is of the document of the step.
    if (file.step === 'second') {
      setSecondKey(house, file, key, input.kind, () => newSecondReading(file.reading));
      return changed();
    }
    assertGround(house, file, 'chip');
    refuseWhileSecond(file);
    file.reading.setKey(key);
    file.waitingKey = null;
    file.page = page;
    file.reused = null;
    file.keyKind = input.kind;
    file.face = null;
    file.step = 'chip';
    return changed();
  };

  // What was answered stands, also where the chip's key cannot be given now.
  const atChip = (file: CaseFile): null => {
    try {
      giveWaitingKey(house, file);
    } finally {
      changed();
    }
    return null;
  };

  const confirm = (asked: AskedAct) => confirmations.ask(asked);
  const lists = { house, tending, look, chooseFiles, confirm, changed: listsChanged };
  const answers: Answers = {
    ...houseAnswers({ house, standIn, notices, opened: () => setUp.look(), changed }),
    ...readerAnswers({ house, watch, isOpen: () => open !== null }),
    ...setUpAnswers({
      house,
      setUp,
      watch,
      isOpen: () => open !== null,
      confirm,
      changed: () => changed(),
    }),
    ...recordAnswers({
      house,
      checking,
      viewer,
      sign: () => session.operator?.sign ?? house.operatingSystemUser,
      chooseNewFile,
    }),
    ...retentionAnswers({ house, confirm, changed }),
    ...headquartersAnswers({
      house,
      work: headquarters,
      draft,
      chooseFiles,
      chooseNewFile,
      confirm,
      begin: () => {
        delivery.begin();
        changed();
      },
      refuseIfBusy: () => {
        if (open !== null) throw new Failure('case.busy');
        tending.refuseIfBusy();
        roster.refuseIfBusy();
      },
      takeTrust: (content) => tending.takeBundle(content),
    }),
    ...stationsAnswers({
      house,
      look: card,
      sign: () => session.operator?.sign ?? house.operatingSystemUser,
      chooseFiles,
      chooseNewFile,
      confirm,
      isOpen: (id) => open !== null && open.referral !== null && (id === null || open.referral.id === id),
      changed: () => {
        countWaiting();
        delivery.nudge();
        changed();
      },
    }),
    ...registerAnswers({
      house,
      person: () => session.operator?.sign ?? house.operatingSystemUser,
      opened: openedToAnswer,
      changed: () => changed(),
    }),
    ...serviceAnswers({ house, opened: () => void opened(), viewer }),
    ...signerAnswers(lists),
    ...trustAnswers(lists),
    ...trustBasisAnswers(lists),
    ...policyAnswers({ house, chooseFiles }),
    ...operatorAnswers({
      house,
      confirm,
      changed: () => {
        session.look();
        return changed();
      },
    }),
    ...rosterAnswers({ house, tending: roster, chooseFiles, chooseNewFile }),
    'desk.state': () => snapshots.state(),
    'session.signIn': async (sign, secret) => {
      if (house.keyKind() === 'locked') throw new Failure('storage.locked');
      await session.signIn(sign, secret);
      if (open !== null) takeOver(open);
      countWaiting();
      return changed();
    },
    'session.signOut': () => {
      session.signOut();
      return null;
    },
    'session.active': () => {
      session.active();
      return null;
    },
    'desk.setReader': (name) => {
      if (open !== null && isReadingNow(open)) throw new Failure('case.busy');
      return setReader(name);
    },
    'desk.dismissLink': (at) => {
      offered.dismissLink(at);
      return changed();
    },
    'case.begin': () => begin(),
    ...documentAnswers({
      house,
      isOpen: () => open !== null,
      begin,
      opened: openedToAnswer,
      setKey,
      viewer,
      changed: () => changed(),
    }),
    ...filmedAnswers(house),
    'case.choosePurpose': (purpose) => {
      const file = openedToAnswer();
      file.purpose = purpose;
      if (!isHolderAsked(house, file)) {
        file.holder = null;
        file.holderNotOnFile = false;
      }
      if (file.step === 'purpose') file.step = isHolderAsked(house, file) ? 'holder' : 'chip';
      dropUnlessTaken(house, file);
      dropReused(file);
      lookForReusable(house, file);
      // Another errand may ask for somebody on file.
      if (!holderAnswered(house, file)) file.step = 'holder';
      return atChip(file);
    },
    'case.typeOrder': (input) => {
      setOrder(house, openedToAnswer(), orderTyped(input, house, newCaseId()));
      return changed();
    },
    'case.readOrder': async (text) => {
      const file = openedToAnswer();
      const given = await house.orders.read(text);
      // The case may have ended while the order was proved.
      if (opened() !== file) throw new Failure('case.not-open');
      setOrder(house, file, given);
      return changed();
    },
    'case.findOrders': (query) => offered.find(query, openedToAnswer().holder, house.today()),
    'case.takeOrder': (hash) => {
      const file = openedToAnswer();
      try {
        setOrder(house, file, offered.take(hash));
      } finally {
        // What is not there any more is not offered either.
        changed();
      }
      return null;
    },
    'case.dropOrder': () => {
      setOrder(house, openedToAnswer(), null);
      return changed();
    },
    'holders.find': async (query) => {
      opened();
      const found = await house.findHolders(query, viewer(), languageOf(house));
      return found
        .slice(0, most.holders)
        .map(({ holder, matchedBy }) => ({ holder: holderView(holder, viewer()), matchedBy }));
    },
    'case.chooseHolder': async (id) => {
      const file = openedToAnswer();
      assertGround(house, file, 'holder');
      const holder = await house.holder(id);
      if (holder === null) throw new Failure('holder.not-found');
      // The case may have ended, and another begun, while the register was asked.
      if (opened() !== file) throw new Failure('case.not-open');
      assertGround(house, file, 'holder');
      file.holder = holder;
      file.holderNotOnFile = false;
      dropReused(file);
      lookForReusable(house, file);
      if (file.step === 'holder') file.step = 'chip';
      return atChip(file);
    },
    'case.holderNotOnFile': () => {
      const file = openedToAnswer();
      assertGround(house, file, 'holder');
      file.holder = null;
      file.holderNotOnFile = true;
      dropReused(file);
      lookForReusable(house, file);
      if (file.step === 'holder') file.step = 'chip';
      return atChip(file);
    },
    'case.setAccessKey': setKey,
    'case.tap': () => {
      const file = openedToAnswer();
      if (file.step === 'second') {
        tapSecond(house, file);
        return changed();
      }
      assertGround(house, file, 'chip');
      refuseWhileSecond(file);
      file.reading.tap();
      file.reused = null;
      // Another reading may bring another portrait: the comparison is made anew.
      file.face = null;
      file.step = 'chip';
      return changed();
    },
    'case.stopReading': () => {
      const { reading, second } = opened();
      reading.stop();
      second?.reading.stop();
      return changed();
    },
    'case.reuse': (documentNumber) => {
      const file = openedToAnswer();
      assertGround(house, file, 'chip');
      reuse(house, file, documentNumber);
      file.step = 'face';
      return changed();
    },
    'case.dropSecond': () => {
      const file = openedToAnswer();
      if (file.second === null) throw new Failure('case.not-open', { step: 'second' });
      dropSecond(file);
      return changed();
    },
    'case.portrait': () => {
      const portrait = portraits.give(opened().reading.evidence);
      return portrait === null ? null : { format: portrait.format, bytes: new Uint8Array(portrait.bytes) };
    },
    'case.portraitDecoded': (shown) => {
      opened();
      portraits.decoded(shown);
      return changed();
    },
    'case.answerFace': (answer, reason) => {
      const file = openedToCompare();
      assertGround(house, file, 'face');
      file.face = {
        comparison: besideMachine(house, file, faceComparison(answer, reason)),
        portrait: file.reading.evidence.portrait?.bytes ?? null,
      };
      if (file.step === 'face') file.step = 'decide';
      return changed();
    },
    ...machineAnswers({ house, opened: openedToCompare, changed }),
    ...filmedFaceAnswers({ opened: openedToCompare, changed }),
    'case.camera': (wanted) => {
      const file = opened();
      if (wanted && !mayFilm(file)) throw new Failure('case.not-open', { step: 'face' });
      camera = wanted ? file.step : null;
      changed();
      return { named: wanted ? house.keeping.station.camera(filmedAt(file)) : null };
    },
    'case.chooseCamera': (name) => {
      const file = opened();
      if (!mayFilm(file)) throw new Failure('case.not-open', { step: 'face' });
      house.keeping.station.setCamera(filmedAt(file), name);
      if (file.step === 'face') file.films = withCameraChosen(file.films, name);
      return changed();
    },
    'case.goTo': (step) => {
      const file = opened();
      assertGround(house, file, step);
      file.step = step;
      return atChip(file);
    },
    'case.confirmPerson': (right) => {
      const file = opened();
      const found = newHolderOf(house, file);
      if (found === null) throw new Failure('case.not-open', { step: 'decide' });
      file.confirmed = right ? found.person : null;
      return changed();
    },
    ...errandAnswers({ house, opened: openedToAnswer, changed }),
    'case.decide': async (input) => {
      const kept = sealed(await closing.decide(opened(), input));
      // The end of the case was told before this.
      if (setUp.caseDecided()) changed();
      return kept;
    },
    'case.abandon': async (reason, sign) => sealed(await closing.abandon(openedToAnswer(), reason, sign)),
    'case.lastReceipt': () => (open === null && lastRecord !== null ? receiptOf(house, lastRecord) : null),
    'case.lastAnswer': () => (open === null && ended !== null ? lastAnswer(house.answers, ended, lastRecord) : null),
    'referrals.list': () => {
      const queue = referralQueue(house, session.operator);
      countWaiting();
      snapshots.changed();
      return queue;
    },
    'referrals.open': async (id) => {
      if (open !== null) throw new Failure('case.busy');
      const referral = house.referral(id);
      if (referral === null) throw new Failure('referral.gone');
      if (hadIt(referral, session.operator?.id ?? null, house.keeping.operators.bearers))
        throw new Failure('referral.own');
      const reading = newReading();
      const file = reopenedCase(referral, house.now(), { reading, portraits }, () => newSecondReading(reading));
      open = file;
      takeOver(file);
      // Lists came and days went by: what it comes to is told as it is now.
      try {
        await judgeCaseAgain(house, file);
      } catch (thrown) {
        // It waits on: what cannot be judged now is no case that the desk has, and may be opened once more.
        if (open === file) open = null;
        endReadings(file);
        changed();
        throw thrown;
      }
      return changed();
    },
    'referrals.putBack': () => {
      const file = opened();
      if (file.referral === null) throw new Failure('case.not-open');
      endReadings(file);
      open = null;
      return changed();
    },
  };

  // A kiosk acts for whoever stands there, and for nobody while the desk is a colleague's.
  const whileAlone = <Given extends readonly unknown[], Told>(answer: (...given: Given) => Told) => {
    return (...given: Given): Told => {
      if (session.operator !== null) throw new Failure('case.busy');
      return answer(...given);
    };
  };
  const unattended: UnattendedDesk = {
    answers: Object.fromEntries(
      unattendedMethods.map((method) => [
        method,
        whileAlone(answers[method] as (...given: readonly unknown[]) => unknown),
      ]),
    ) as unknown as UnattendedDesk['answers'],
    view: () => (open === null ? null : caseView(house, open, null)),
    hindrance: () => watch.hindrance,
    challenged: whileAlone((found) => {
      const file = opened();
      file.films = withChallenge(file.films, found);
      changed();
    }),
    left: async () => {
      await closing.settled();
      if (open === null) return;
      if (open.referral === null) await closing.abandon(open, null, null);
      else {
        endReadings(open);
        open = null;
        changed();
      }
    },
  };

  return {
    answers: gated(answers, (method) => session.admit(method)),
    unattended,
    state: () => snapshots.state(),
    onState: (listener) => snapshots.listen(listener),
    offerOrders(waiting) {
      if (offered.offer(waiting)) snapshots.changed();
    },
    linkOpened(refused) {
      offered.linkOpened(refused, house.now());
      snapshots.changed();
    },
    cameraOpen: () => camera !== null,
    pageGone() {
      portraits.pageGone();
      camera = null;
      snapshots.changed();
    },
    start: () => {
      countWaiting();
      elsewhere.start();
      delivery.start();
      tending.start();
      retention.start();
      const looked = setUp.look().then(() => {
        if (setUp.step !== null) snapshots.changed();
      });
      return Promise.all([watch.start(house.readers), looked]).then(() => undefined);
    },
    async leave() {
      confirmations.stop();
      draft.leave();
      session.stop();
      elsewhere.stop();
      snapshots.stop();
      const tended = Promise.all([tending, roster, checking, retention, headquarters].map((each) => each.stop()));
      try {
        await closing.settled();
        // A referral that was only looked at waits on.
        if (open !== null && open.referral === null) await closing.abandon(open, null, null);
      } finally {
        if (open !== null) endReadings(open);
        await Promise.all([tended, delivery.stop()]);
      }
    },
  };
}
