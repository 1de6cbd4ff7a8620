import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { bankAnswers } from '../answer/bank-answers.ts';
import { fleetOf } from '../fleet/fleet.ts';
import { documentCandidates } from '../holders/document-candidates.ts';
import { personFor } from '../holders/holder-view.ts';
import { lookAtHead } from '../holders/import/look-at-file.ts';
import { matchOnce } from '../holders/match-once.ts';
import { newHolderChecks } from '../holders/new-holder.ts';
import { newHolders } from '../holders/new-holders.ts';
import { createInspector } from '../inspection/inspector.ts';
import { judgeAgain } from '../inspection/judge-again.ts';
import { asTrusted, judgingBasis } from '../keeping/judging-basis.ts';
import { loadOwnPolicies } from '../keeping/policies/own-policies.ts';
import { readerMemory } from '../keeping/reader-memory.ts';
import { machineAfter, machineClock, operatingSystemUser, type StationClock } from '../machine/clock.ts';
import { openInputFile } from '../machine/input-file.ts';
import { machineRandom } from '../machine/random.ts';
import { resourcesIn } from '../machine/resources.ts';
import { openReaderPort, type ReaderBinding } from '../reader/choose-port.ts';
import type { ReaderPort } from '../reader/port.ts';
import { knownOf } from '../reader/reader-table.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { passphraseOf } from '../result/passphrase.ts';
import { stationServices } from '../services/station-services.ts';
import type { KeyProvider, UnlockedStore } from '../store/types.ts';
import { withDirectoryAge } from '../verification/directory-age.ts';
import { errandChecks } from '../verification/errand-checks.ts';
import { faceCheck } from '../verification/face-check.ts';
import { injectionAttackCheck, presentationAttackCheck } from '../verification/film-checks.ts';
import { withIdentityLevel } from '../verification/identity-level.ts';
import { knownBefore, printedDocument } from '../verification/known-before.ts';
import { checksBeside, secondDocumentCheck } from '../verification/second-document.ts';
import { type JudgeContext, judge, mayGoOnAlone, reasonsToGoOn } from '../verification/verdict.ts';
import { findInDirectory, holderOfId, verifyDigitalId } from './asked-services.ts';
import { earlierCases } from './earlier-case.ts';
import { extractFiles } from './extract-files.ts';
import { layingBlocked } from './headquarters-lists.ts';
import type { House, KeyKind } from './house.ts';
import { houseOrders } from './house-orders.ts';
import { houseRecords } from './house-records.ts';
import { matchesOnFile } from './matches-on-file.ts';
import { type KeepingOptions, openKept } from './open-keeping.ts';
import { publishing } from './publishing.ts';
import { recordsCheck } from './records-check.ts';
import { runRosterImport } from './roster-workshop.ts';
import { takingIssues } from './take-issue.ts';
import { loadTraining } from './training.ts';
import { parcelExchange } from './travel/exchange.ts';
import { referralTravel } from './travel/travel.ts';
import { tryReader } from './try-reader.ts';

/** How a front door wants its house. */
export interface HouseOptions extends Omit<KeepingOptions, 'clock'> {
  readonly version: string;
  /** The file that the inspection worker runs: `.ts` in the sources, `.js` as built. */
  readonly workerUrl: URL;
  /** The file that imports of a register run; from the sources it lies beside this one. */
  readonly rosterWorkerUrl?: URL;
  /** The same for the thread that checks records. */
  readonly checkWorkerUrl?: URL;
  /** Null leaves the folder locked; what needs no key works all the same. */
  readonly key: KeyProvider | null;
  readonly readers: ReaderBinding | 'training';
  /** People come one after the other: what the first inspection would wait for is made ready before. Not for a single command. */
  readonly warmsUp?: boolean;
  readonly clock?: StationClock;
}

/** Composes the house for one data folder. Fails as `openFolder` and the key do. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const resources = resourcesIn(options.resourcesDirectory);
  const ownPolicies = loadOwnPolicies(resources);
  if (options.readers === 'training' && options.kind !== 'training') throw new Failure('specimen.needs-training');
  const played = options.readers === 'training' ? await loadTraining() : null;
  const kept = await openKept({ ...options, clock: options.clock ?? machineClock }, () => ownPolicies);
  const { store, open, unlocked, keeping, clock } = kept;
  try {
    if (options.key !== null) await keeping.unlock(options.key);
  } catch (thrown) {
    keeping.close();
    throw thrown;
  }

  const training = played === null ? null : new played.TrainingReader(undefined, (millis) => pause(millis));
  const readers: ReaderPort = training ?? openReaderPort(options.readers === 'training' ? undefined : options.readers);
  const inspector = createInspector(options.workerUrl, machineAfter);
  if (options.warmsUp === true) inspector.warmUp();
  const { policies, station } = keeping;
  const contextOf = (specimen: boolean): JudgeContext => ({
    training: options.kind === 'training',
    specimen,
    station: station.kind(),
  });
  const newHolder = newHolders(() => open().holders, clock.today);
  const answers = bankAnswers(store, open, { clock, after: machineAfter, random: machineRandom });
  const rosterWorkerUrl = options.rosterWorkerUrl ?? new URL('./roster-worker.ts', import.meta.url);
  const fleet = fleetOf(store, open, {
    clock,
    after: machineAfter,
    random: machineRandom,
    take: takingIssues({
      keeping,
      open,
      clock,
      importRoster: (content, order, signal) => {
        const { directory, kind } = options;
        const from = { path: '', content, today: clock.today(), ...order };
        return runRosterImport(rosterWorkerUrl, { directory, kind, keys: open().rosterKeys() }, from, {
          signal,
          onProgress: () => undefined,
        });
      },
    }),
  });
  const services = stationServices(open, clock, { around: { after: machineAfter }, newQuestionId: randomUUID });
  const checkpoints = publishing(keeping.log, machineAfter);
  const memory = readerMemory(store.settings, clock.today);

  const matchHolder = matchOnce(clock.today);
  const earlier = earlierCases({ open, keeping, clock });
  const withBlocked = layingBlocked(unlocked, clock);

  const records = houseRecords(open, {
    policy: (id) => policies.of(id).policy,
    version: options.version,
    training: options.kind === 'training',
    newestAt: clock.newestAt,
    answers,
    publishing: checkpoints,
  });

  const travel = referralTravel({
    store,
    open,
    now: clock.now,
    name: station.name,
    random: machineRandom,
    keepOutcome: records.keepOutcome,
  });

  return {
    kind: options.kind,
    directory: options.directory,
    version: options.version,
    today: clock.today,
    now: clock.now,
    writtenElsewhere: store.writtenElsewhere,
    newestAt: clock.newestAt,
    operatingSystemUser: operatingSystemUser(),
    keyKind: () => keyKind(unlocked()),
    unlock: async (text) => {
      using passphrase = passphraseOf(text);
      await keeping.unlock({ kind: 'passphrase', passphrase });
    },
    readers,
    adviceOnReader: (reader) => knownOf(reader, process.platform).flatMap(({ advice }) => advice ?? []),
    tryReader: (reader) => tryReader(readers, reader),
    plate:
      played === null || training === null
        ? null
        : played.createPlate(training, {
            today: clock.today,
            resources: played.specimenResources(resources),
            random: machineRandom,
          }),
    keeping,
    answers,
    fleet,
    services,
    inspect: async ({ order, ...owner }) => {
      const { reader, limits, atr } = owner.connection;
      const { trust, time } = await judgingBasis(store, order.at === undefined ? clock.now() : null);
      const request = {
        ...order,
        at: order.at ?? clock.today(),
        time,
        extendedLength: 'where-stated' as const,
        ...(atr === '' ? {} : { answerToReset: atr }),
        ...(training === null ? { lengthStep: memory.stepFor(reader, limits) } : {}),
      };
      const inspection = await inspector.inspect(request, { ...owner, trust });
      const { lengths } = inspection;
      if (training === null && lengths !== undefined)
        unlessBusy(() => store.isWhole() && memory.learn(reader, lengths));
      return { ...inspection, checks: asTrusted(store, inspection.checks) };
    },
    findHolders: async (query, viewer, language) =>
      matchesOnFile(open().holders, query, clock.today(), language).map(({ holder, matchedBy }) => ({
        holder: personFor(viewer, holder),
        matchedBy,
      })),
    candidates: (mrz, viewer) => {
      const { holders } = open();
      const { found, tooMany } = documentCandidates({ mrz, details: null, today: clock.today() }, holders);
      return { found: found.map((one) => ({ ...one, holder: personFor(viewer, one.holder) })), tooMany };
    },
    knownBefore: (page, policy, holder) => ({
      printed: printedDocument(page),
      against: knownBefore({ page, policy, holder, today: clock.today() }),
    }),
    lookAtRoster: (path) => {
      const file = openInputFile(path);
      try {
        return lookAtHead(file);
      } finally {
        file.close();
      }
    },
    importRoster: (order, around) => {
      const { directory, kind } = options;
      const keys = open().rosterKeys();
      const today = clock.today();
      return runRosterImport(
        rosterWorkerUrl,
        { directory, kind, keys },
        { runPostings: null, ...order, today },
        around,
      );
    },
    findInDirectory: (query, viewer) =>
      findInDirectory(services, query, { today: clock.today(), viewer, holders: open().holders }),
    verifyDigitalId: (content) => verifyDigitalId(services, content),
    holder: async (id) => holderOfId(open(), services, id),
    judgeAgain: async (inspection, orderHash) => {
      const asked = orderHash === undefined ? {} : { orderHash };
      const around = { at: clock.today(), ...(await judgingBasis(store, clock.now())), ...asked };
      const again = await judgeAgain(inspection, (evidence) => inspector.judge(evidence, around));
      return { ...again, checks: asTrusted(store, again.checks) };
    },
    matchHolder: (policy, holder, inspection) => {
      if (policy.holder === 'on-file')
        return withDirectoryAge(
          withIdentityLevel(matchHolder(holder, inspection), holder, policy.identityLevels),
          holder,
          { now: clock.now(), policy },
        );
      if (policy.holder === 'nobody') return [];
      const found = newHolder(inspection);
      return found === null ? [] : newHolderChecks(found);
    },
    newHolder,
    orders: houseOrders(store, open, clock, answers),
    stationKind: station.kind,
    faceChecks: (face, portraitRead, film = null) => [
      faceCheck(face, portraitRead),
      presentationAttackCheck(face, portraitRead, station.kind(), film),
      ...injectionAttackCheck(face, portraitRead, station.kind(), film),
    ],
    errandChecks: (policy, answers, inspection) => {
      const around = { inspection, station: station.kind(), at: clock.today(), now: clock.now() };
      return withBlocked(errandChecks(policy, answers, around), inspection?.document ?? null);
    },
    secondDocument: (first, second) => {
      const checks = withBlocked(asTrusted(store, checksBeside(second.checks)), second.document);
      const proved = judge(policies.of('document').policy, checks, contextOf(second.specimen));
      return secondDocumentCheck(first, second, proved, clock.today());
    },
    policy: (id) => policies.of(id).policy,
    judge: (policy, checks, specimen) => judge(policy, asTrusted(store, checks), contextOf(specimen)),
    reasonsToGoOn: (policy, checks, specimen, role) =>
      reasonsToGoOn(policy, asTrusted(store, checks), contextOf(specimen), role),
    reusableCase: earlier.reusableCase,
    // Blocked since: an earlier reading does not make it valid again.
    earlierCase: (request) => {
      const found = earlier.earlierCase(request);
      return { ...found, checks: withBlocked(found.checks, found.document) };
    },
    mayGoOnAlone: (policy, checks, specimen, role) =>
      mayGoOnAlone(policy, asTrusted(store, checks), contextOf(specimen), role),
    ...records,
    travel,
    parcels: parcelExchange({ fleet, travel, open, now: clock.now, after: machineAfter, random: machineRandom }),
    checkRecords: recordsCheck(open, {
      anchors: keeping.log.state,
      path: store.path,
      today: clock.today,
      workerUrl: options.checkWorkerUrl ?? new URL('./check-worker.ts', import.meta.url),
    }),
    extract: (meant, audience) => {
      const records = keeping.retention.meant(meant);
      const ids = records.flatMap((number) => open().retention.idOf(number) ?? []);
      const around = { meant, audience, clock, appVersion: options.version, resources };
      const keepAct = (signs: readonly string[]) => void keeping.retention.extracted(meant, audience, signs, records);
      return { records, keepAct, ...extractFiles(open(), ids, around) };
    },
    close: async () => {
      await checkpoints.close();
      await readers.stop();
      await inspector.close();
      keeping.close();
    },
  };
}

/** What was read counts more than what the reading taught of the reader: while another process writes, that is learnt next time. */
function unlessBusy(learn: () => unknown): void {
  try {
    learn();
  } catch (thrown) {
    if (asFailure(thrown).code !== 'storage.busy') throw thrown;
  }
}

function keyKind(unlocked: UnlockedStore | null): KeyKind {
  if (unlocked === null) return 'locked';
  const { kind, backend } = unlocked.slot;
  return kind === 'safe-storage' && backend === 'basic_text' ? 'basic-text' : kind;
}
