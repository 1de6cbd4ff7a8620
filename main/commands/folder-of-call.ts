import type { House } from '../house/house.ts';
import { openHouse } from '../house/open-house.ts';
import { type KeepingOptions, openKeeping, policiesOfApp } from '../house/open-keeping.ts';
import type { PoliciesInForce } from '../keeping/policies/policies-in-force.ts';
import type { TrustKeeping } from '../keeping/trust-keeping.ts';
import { openToOthers, readInputFile } from '../machine/input-file.ts';
import { type ReaderBinding, readerBindings, usualBinding } from '../reader/choose-port.ts';
import type { DataKind } from '../result/data-kind.ts';
import { asFailure } from '../result/failure.ts';
import { passphraseInFirstLine } from '../result/passphrase.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import type { Operator } from '../store/operators/operator.ts';
import type { KeyProvider } from '../store/types.ts';
import { unusable } from './arguments.ts';
import type { CommandCall } from './command.ts';
import { signedIn } from './sign-in.ts';

const longestPassphraseFile = 4096;

/** Of which kind the data folder of this call is. */
export function kindOf(call: CommandCall): DataKind {
  return call.training ? 'training' : 'ordinary';
}

/** What another command line needs to open the same folder: a word before each, for people to copy. */
export function folderWords(call: CommandCall): string {
  const kind = call.training ? ' --training' : '';
  return call.given.value('data') === null ? kind : `${kind} --data ${call.directory}`;
}

/** The means to unlock the folder as given, wiped when the call ends; a training folder uses its own key file where none is. */
export function keyProvider(call: CommandCall): KeyProvider | null {
  const keyFile = call.given.value('key-file');
  const passphraseFile = call.given.value('passphrase-file');
  if (keyFile !== null && passphraseFile !== null) throw unusable('a key file or a passphrase file, not both');
  if (passphraseFile !== null)
    return { kind: 'passphrase', passphrase: call.secrets.use(passphraseIn(passphraseFile, call)) };
  if (keyFile !== null) {
    tellWhoMayRead(keyFile, call);
    return { kind: 'key-file', path: keyFile };
  }
  return call.training ? { kind: 'key-file', path: null } : null;
}

// Whoever reads the passphrase or the key file opens the records: on a machine of several users that is worth a word, every time.
function tellWhoMayRead(path: string, call: CommandCall): void {
  if (openToOthers([path]).length > 0)
    call.note(`Others on this machine may read ${path}. Close it to them: chmod 600.`);
}

function passphraseIn(path: string, call: CommandCall): SecretBytes {
  tellWhoMayRead(path, call);
  const passphrase = passphraseInFirstLine(readInputFile(path, longestPassphraseFile));
  if (passphrase === null) throw unusable('the first line of the file is empty', { option: '--passphrase-file' });
  return passphrase;
}

/** Unlocks by what was given for this alone: a command may run for days after it. */
async function unlockOnce(keeping: Pick<TrustKeeping, 'unlock'>, provider: KeyProvider | null): Promise<void> {
  try {
    await keeping.unlock(provider);
  } finally {
    wipe(provider);
  }
}

function wipe(provider: KeyProvider | null): void {
  if (provider?.kind === 'passphrase') provider.passphrase.purge();
}

/** The PC/SC binding that the call names. */
export function readerBinding(call: CommandCall): ReaderBinding {
  const name = call.given.value('reader-port') ?? usualBinding;
  const binding = readerBindings.find((known) => known === name);
  if (binding === undefined) throw unusable(`not one of ${readerBindings.join(', ')}`, { option: '--reader-port' });
  return binding;
}

/** How the data folder of the call is opened. */
export function keepingOptions(call: CommandCall): KeepingOptions {
  const { clock, resourcesDirectory, signIn, managed } = call.machine;
  const asFound = call.asFound === true && !call.training;
  return {
    directory: call.directory,
    kind: kindOf(call),
    clock,
    resourcesDirectory,
    asFound,
    ...(managed === undefined || call.training ? {} : { managed: managed() }),
    ...(signIn === undefined ? {} : { signIn }),
  };
}

/** Administers the data folder of the call and closes it. Nothing that needs the key is open. */
export async function withKeeping<Result>(
  call: CommandCall,
  work: (keeping: TrustKeeping, operators: readonly Operator[]) => Result | Promise<Result>,
): Promise<Result> {
  const keeping = await openKeeping(keepingOptions(call));
  try {
    const operators = await signedIn(call, keeping, () => unlockOnce(keeping, keyProvider(call)));
    return await work(keeping, operators);
  } finally {
    keeping.close();
  }
}

/** Looks at the policies of the data folder of the call; at the app's own where there is no folder yet, and makes none. */
export async function withPolicies<Result>(
  call: CommandCall,
  look: (policies: PoliciesInForce) => Result,
): Promise<Result> {
  try {
    const keeping = await openKeeping({ ...keepingOptions(call), asFound: !call.training });
    try {
      return look(keeping.policies);
    } finally {
      keeping.close();
    }
  } catch (thrown) {
    if (asFailure(thrown).code !== 'storage.missing') throw thrown;
    return look(policiesOfApp(call.machine.resourcesDirectory));
  }
}

/** Administers the unlocked data folder of the call. Fails with `storage.locked` where no key was given. */
export function withUnlockedKeeping<Result>(
  call: CommandCall,
  work: (keeping: TrustKeeping, operators: readonly Operator[]) => Result | Promise<Result>,
): Promise<Result> {
  const provider = keyProvider(call);
  return withKeeping(call, async (keeping, operators) => {
    await unlockOnce(keeping, provider);
    return work(keeping, operators);
  });
}

/**
 * Works in the composed house of the call and closes it. Where the key is needed it is `storage.locked` without one; where it
 * is only wanted, the house stays locked without one.
 */
export async function withHouse<Result>(
  call: CommandCall,
  wish: { readonly key: 'needed' | 'wanted' | 'not used'; readonly readers: 'machine' | 'training' },
  work: (house: House, operators: readonly Operator[]) => Promise<Result>,
): Promise<Result> {
  const key = wish.key === 'not used' ? null : keyProvider(call);
  // The folder itself says what keeps its key and what to do.
  if (wish.key === 'needed' && key === null)
    await withKeeping({ ...call, need: 'free' }, (keeping) => keeping.unlock(null));
  const house = await openHouse({
    ...keepingOptions(call),
    version: call.machine.version,
    workerUrl: call.machine.workerUrl,
    key,
    readers: wish.readers === 'training' ? 'training' : readerBinding(call),
  }).finally(() => wipe(key));
  try {
    const operators = await signedIn(call, house.keeping, () => unlockOnce(house.keeping, keyProvider(call)));
    return await work(house, operators);
  } finally {
    await house.close();
  }
}
