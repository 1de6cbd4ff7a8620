import { fileURLToPath } from 'node:url';
import { app, dialog } from 'electron';
import { failureWords } from '../resources/failures/failures.ts';
import { textsIn } from '../resources/texts/texts.ts';
import type { House } from './house/house.ts';
import { directoryToOpen, nothingManaged, readManagedSettings } from './house/managed-settings.ts';
import { type HouseOptions, openHouse } from './house/open-house.ts';
import { trustWorkshop } from './keeping/workshop/workshop.ts';
import { machineAfter } from './machine/clock.ts';
import { defaultDataDirectory } from './machine/data-directory.ts';
import { machineChoice } from './machine/random.ts';
import { asFailure, Failure } from './result/failure.ts';
import type { FailureCode } from './result/failure-codes.ts';
import { type AppArguments, parseAppArguments } from './station/arguments.ts';
import { chooseFiles, chooseNewFile } from './station/choose-files.ts';
import { createDesk } from './station/desk.ts';
import { giveUp } from './station/give-up.ts';
import { systemLanguage } from './station/interface-language.ts';
import { Kiosk } from './station/kiosk/kiosk.ts';
import type { Log } from './station/log.ts';
import { packagedNotices } from './station/notices.ts';
import { OrderInbox } from './station/order-inbox.ts';
import { appOrigin, confirmOrigin, kioskOrigin } from './station/page-origin.ts';
import { platformSafeStorage } from './station/safe-storage.ts';
import { type PreparedStation, prepareStation } from './station/station.ts';
import { machineTimers } from './station/timers.ts';
import type { KeyProvider } from './store/types.ts';

// The front door: composes the house and its windows. What is built lies in out/main, out/preload and out/renderer.

// Chromium cannot load a scheme of our own: the stand-in, which is not Electron, serves the pages under these names.
const standIn = process.versions.electron === undefined;
const standInOrigins = {
  page: 'https://app.styrk.invalid',
  confirm: 'https://confirm.styrk.invalid',
  kiosk: 'https://kiosk.styrk.invalid',
};

/** Where the front door was built, `out/main/index.js`, since this file may be a part of any; and the log. */
interface Surroundings {
  readonly builtAt: string;
  readonly log: Log;
}

async function keyFor(training: boolean, log: Log): Promise<KeyProvider | null> {
  if (training) return { kind: 'key-file', path: null };
  const safeStorage = await platformSafeStorage();
  if (safeStorage === null) return null;
  if (safeStorage.backend === 'basic_text') log('key-not-protected', { backend: safeStorage.backend });
  return { kind: 'safe-storage', safeStorage };
}

async function openHouseFor(given: AppArguments, { builtAt, log }: Surroundings): Promise<House> {
  const managed = given.training ? nothingManaged : readManagedSettings();
  const options: HouseOptions = {
    directory:
      directoryToOpen(given.directory, managed) ?? defaultDataDirectory(given.training ? 'training' : 'ordinary'),
    managed,
    kind: given.training ? 'training' : 'ordinary',
    version: app.getVersion(),
    resourcesDirectory: resourcesOf(builtAt),
    workerUrl: new URL('./inspection-worker.js', builtAt),
    rosterWorkerUrl: new URL('./roster-worker.js', builtAt),
    checkWorkerUrl: new URL('./check-worker.js', builtAt),
    key: await keyFor(given.training, log),
    readers: given.readers,
    warmsUp: true,
  };
  try {
    return await openHouse(options);
  } catch (thrown) {
    // A folder that safeStorage does not open may have a passphrase: the window asks for it.
    const { code } = asFailure(thrown);
    if (options.key === null || (code !== 'storage.wrong-key' && code !== 'storage.key-missing')) throw thrown;
    log('storage-locked', { code });
    return openHouse({ ...options, key: null });
  }
}

async function open(given: AppArguments, around: Surroundings, station: PreparedStation): Promise<void> {
  await app.whenReady();
  const house = await openHouseFor(given, around);
  const { directory, kind } = house;
  const workerUrl = new URL('./trust-worker.js', around.builtAt);
  const desk = createDesk({
    house,
    standIn,
    newCaseId: () => crypto.randomUUID(),
    workshop: trustWorkshop(workerUrl, { directory, kind, resourcesDirectory: resourcesOf(around.builtAt) }),
    chooseFiles,
    chooseNewFile,
    showConfirmation: station.showConfirmation,
    notices: () => (app.isPackaged ? packagedNotices(process.resourcesPath) : null),
  });
  const inbox = new OrderInbox({
    answers: house.answers,
    locked: () => house.keyKind() === 'locked',
    offer: (waiting) => desk.offerOrders(waiting),
    linkOpened: (refused) => desk.linkOpened(refused),
    now: house.now,
    after: machineAfter,
    log: around.log,
  });
  // The folder may be unlocked later, at the desk.
  desk.onState(() => void inbox.start());
  void inbox.start();
  if (given.link !== null) void inbox.link(given.link);
  app.once('before-quit', () => station.release());
  app.once('will-quit', (event) => {
    event.preventDefault();
    const unrecorded = (thrown: unknown): void => {
      const { code } = asFailure(thrown);
      around.log('case-not-recorded', { code });
      // No window is there any more to say that the case that was open has left no record.
      dialog.showErrorBox('Styrk', unrecordedWords(code));
    };
    void desk
      .leave()
      .catch(unrecorded)
      .then(() => inbox.close())
      .then(() => house.close())
      .finally(() => app.exit(0));
  });
  if (!given.kiosk) return station.open(desk, (link) => void inbox.link(link));
  await station.openKiosk(desk, (moved) => {
    const kiosk = new Kiosk({
      ...{ house, desk, standIn, timers: machineTimers, log: around.log, ...moved },
      hour: () => new Date().getHours(),
      choose: machineChoice,
      restart: () => {
        around.log('kiosk-restarts', {});
        app.relaunch();
        app.quit();
      },
    });
    app.once('will-quit', () => kiosk.stop());
    return kiosk;
  });
}

function unrecordedWords(code: FailureCode): string {
  const language = systemLanguage();
  const { happened, staff } = failureWords(language, code);
  return [textsIn(language)('sealed/notRecorded'), happened, staff, code].join('\n');
}

function resourcesOf(builtAt: string): string {
  return fileURLToPath(new URL('../../resources', builtAt));
}

/** Reads the arguments and opens the app. Fails with `arguments.unusable`, `data.kind`; what fails later ends the app by itself. */
export function openFrontDoor(around: Surroundings): void {
  const { builtAt, log } = around;
  const given = parseAppArguments(process.argv.slice(app.isPackaged ? 1 : 2));
  if (standIn && !given.training)
    throw new Failure('data.kind', { reason: 'the stand-in works with training data only' });
  // Links of the bank's lead here: a packaged app says so to the system, another one would name Electron itself.
  if (app.isPackaged) app.setAsDefaultProtocolClient('styrk');
  const station = prepareStation({
    pageOrigin: standIn ? standInOrigins.page : appOrigin,
    confirmOrigin: standIn ? standInOrigins.confirm : confirmOrigin,
    kioskOrigin: standIn ? standInOrigins.kiosk : kioskOrigin,
    rendererFolder: fileURLToPath(new URL('../renderer', builtAt)),
    preloadFile: fileURLToPath(new URL('../preload/index.cjs', builtAt)),
    confirmPreloadFile: fileURLToPath(new URL('../preload/confirm.cjs', builtAt)),
    kioskPreloadFile: fileURLToPath(new URL('../preload/kiosk.cjs', builtAt)),
    log,
  });
  if (station === null) app.quit();
  else open(given, around, station).catch((thrown) => giveUp(thrown, log));
}
