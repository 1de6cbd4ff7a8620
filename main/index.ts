import { join } from 'node:path';
import { app, dialog } from 'electron';
import { failureWords } from '../resources/failures/failures.ts';
import { type Language, textsIn } from '../resources/texts/texts.ts';
import type { House } from './house/house.ts';
import { type HouseOptions, openHouse } from './house/open-house.ts';
import { trustWorkshop } from './keeping/workshop/workshop.ts';
import { defaultDataDirectory } from './machine/data-directory.ts';
import { asFailure, Failure } from './result/failure.ts';
import type { FailureCode } from './result/failure-codes.ts';
import { type AppArguments, parseAppArguments } from './station/arguments.ts';
import { chooseFiles } from './station/choose-files.ts';
import { confirmInBox } from './station/confirm-in-box.ts';
import { createDesk } from './station/desk.ts';
import { createLog } from './station/log.ts';
import { appOrigin } from './station/page-origin.ts';
import { platformSafeStorage } from './station/safe-storage.ts';
import { openStation, prepareStation } from './station/station.ts';
import type { KeyProvider } from './store/types.ts';

// The front door: composes the house and its windows. What is built lies in out/main, out/preload and out/renderer.
const root = join(import.meta.dirname, '../..');

// Chromium cannot load a scheme of our own: the stand-in, which is not Electron, serves the page under this name.
const standIn = process.versions.electron === undefined;
const standInOrigin = 'https://app.styrk.invalid';

const resourcesDirectory = join(root, 'resources');

const parts = {
  pageOrigin: standIn ? standInOrigin : appOrigin,
  rendererFolder: join(root, 'out/renderer'),
  preloadFile: join(root, 'out/preload/index.cjs'),
  log: createLog(
    (line) => process.stderr.write(line),
    () => new Date().toISOString(),
  ),
};

async function keyFor(training: boolean): Promise<KeyProvider | null> {
  if (training) return { kind: 'key-file', path: null };
  const safeStorage = await platformSafeStorage();
  if (safeStorage === null) return null;
  if (safeStorage.backend === 'basic_text') parts.log('key-not-protected', { backend: safeStorage.backend });
  return { kind: 'safe-storage', safeStorage };
}

async function openHouseFor(given: AppArguments): Promise<House> {
  const options: HouseOptions = {
    directory: given.directory ?? defaultDataDirectory(given.training ? 'training' : 'ordinary'),
    kind: given.training ? 'training' : 'ordinary',
    version: app.getVersion(),
    resourcesDirectory,
    workerUrl: new URL('./inspection-worker.js', import.meta.url),
    key: await keyFor(given.training),
    readers: given.readers,
  };
  try {
    return await openHouse(options);
  } catch (thrown) {
    // A folder that safeStorage does not open may have a passphrase: the window asks for it.
    const { code } = asFailure(thrown);
    if (options.key === null || (code !== 'storage.wrong-key' && code !== 'storage.key-missing')) throw thrown;
    parts.log('storage-locked', { code });
    return openHouse({ ...options, key: null });
  }
}

async function open(given: AppArguments): Promise<void> {
  await app.whenReady();
  const house = await openHouseFor(given);
  const { directory, kind } = house;
  const workerUrl = new URL('./trust-worker.js', import.meta.url);
  const desk = createDesk({
    house,
    standIn,
    newCaseId: () => crypto.randomUUID(),
    workshop: trustWorkshop(workerUrl, { directory, kind, resourcesDirectory }),
    chooseFiles,
    confirm: confirmInBox,
  });
  app.once('will-quit', (event) => {
    event.preventDefault();
    const unrecorded = (thrown: unknown): void => {
      const { code } = asFailure(thrown);
      parts.log('case-not-recorded', { code });
      // No window is there any more to say that the case that was open has left no record.
      dialog.showErrorBox('Styrk', unrecordedWords(code));
    };
    void desk
      .leave()
      .catch(unrecorded)
      .then(() => house.close())
      .finally(() => app.exit(0));
  });
  await openStation(desk, parts);
}

function unrecordedWords(code: FailureCode): string {
  const language = systemLanguage();
  const { happened, staff } = failureWords(language, code);
  return [textsIn(language)('sealed/notRecorded'), happened, staff, code].join('\n');
}

function systemLanguage(): Language {
  return Intl.DateTimeFormat().resolvedOptions().locale.startsWith('sv') ? 'sv' : 'en';
}

// No window is there yet: the platform's own box says what happened, in the language of its user.
function giveUp(thrown: unknown): void {
  const { code, fields } = asFailure(thrown);
  parts.log('start-failed', { code });
  const { happened, staff } = failureWords(systemLanguage(), code);
  const details = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  dialog.showErrorBox('Styrk', [happened, staff, code, ...details].join('\n'));
  app.exit(code.startsWith('arguments.') || code === 'data.kind' ? 2 : 3);
}

try {
  const given = parseAppArguments(process.argv.slice(app.isPackaged ? 1 : 2));
  if (standIn && !given.training)
    throw new Failure('data.kind', { reason: 'the stand-in works with training data only' });
  if (prepareStation(parts)) open(given).catch(giveUp);
  else app.quit();
} catch (thrown) {
  giveUp(thrown);
}
