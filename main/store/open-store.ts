import type { RandomSource } from '../crypto/random.ts';
import { agreedWith, recipientKeyOf } from '../crypto/recipient.ts';
import { deriveKey, type KeyedIndex, keyedIndex, sign } from '../crypto/sealing.ts';
import { type LogKeys, logKeysOf } from '../records/log/log-key.ts';
import type { DataKind } from '../result/data-kind.ts';
import { Failure } from '../result/failure.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import { actsRepository, actsStanding } from './acts-repository.ts';
import { answerKey } from './answer-key.ts';
import { bankServicesRepository } from './bank-services.ts';
import { bankSystemsRepository } from './bank-systems.ts';
import { blockedDocumentsRepository } from './blocked-documents.ts';
import { checkedRecords } from './check/checked-prefix.ts';
import { guarded, storageFailure } from './database-failure.ts';
import { deliveryReport } from './deliveries.ts';
import { directoryCache } from './directory-cache.ts';
import type { Folder } from './folder.ts';
import { holdersRepository } from './holders-repository.ts';
import { describeSlot, readSlots } from './key-slots.ts';
import { knownDocuments } from './known-documents.ts';
import { beginLog } from './log/begin-log.ts';
import { readSigners } from './log/log-signers.ts';
import { recordsLog } from './log/records-log.ts';
import { type StoredLog, storedLog } from './log/stored-log.ts';
import { keepMarkKey } from './marks/kept-mark-key.ts';
import { keepMasterKey, unlockMasterKey } from './master-key.ts';
import { acceptDay, newestDay } from './newest-day.ts';
import { openDatabase, tryWriting } from './open-database.ts';
import { operatorsRepository } from './operators/operators-repository.ts';
import { operatorsState } from './operators/operators-state.ts';
import { outbox } from './outbox.ts';
import { parcelsRepository } from './parcels.ts';
import { pulledRepository } from './pulled.ts';
import { receivedOrdersRepository } from './received-orders.ts';
import { recordedTime } from './recorded-time.ts';
import { newestNumber, recordsRepository } from './records-repository.ts';
import { awayCases, referralsRepository } from './referrals-repository.ts';
import { retentionRepository } from './retention/retention-repository.ts';
import { openLayers } from './roster/layers.ts';
import { settingsRepository } from './settings-repository.ts';
import { knownStation, opensStation, stationIdentity } from './station-identity.ts';
import { stationServicesRepository } from './station-services.ts';
import { trustRepository } from './trust-repository.ts';
import type { KeySlotDescription, Store, UnlockedStore } from './types.ts';

/**
 * Opens a data folder; with `create` it is made where it is missing, and is of this kind from then on. Throws
 * `storage.missing`, `data.kind`, `storage.corrupt`, `storage.foreign`, `storage.newer`, `storage.refused`,
 * `storage.busy` or `storage.full`, each with the path; a file that is refused stays as it was.
 */
export function openStore(options: {
  readonly directory: string;
  readonly kind: DataKind;
  readonly create: boolean;
  readonly random: RandomSource;
}): Store {
  const { directory, kind, random } = options;
  const { database, path, marks } = openDatabase(options);
  const keys = new DisposableStack();
  return {
    directory,
    path,
    kind,
    trust: trustRepository(database, path, marks),
    settings: settingsRepository(database, path, marks),
    banks: bankSystemsRepository(database, {
      reading: (act) => guarded(path, () => marks.read(act)),
      writing: (act) => guarded(path, () => marks.write(act)),
    }),
    deliveries: deliveryReport(database, path, marks),
    awayCases: () => guarded(path, () => awayCases(database)),
    operators: () => guarded(path, () => operatorsState(database, marks)),
    isWhole: () => guarded(path, () => marks.isWhole()),
    integrity: () => guarded(path, () => marks.examine()),
    newestDay: () => guarded(path, () => marks.read(() => newestDay(database))),
    writtenElsewhere: () => guarded(path, () => Number(database.pragma('data_version', { simple: true }))),
    recordedTime: () => guarded(path, () => recordedTime(database)),
    describeKey: () => guarded(path, () => readSlots(database).map(describeSlot)),
    log: () => {
      const known = guarded(path, () => marks.seen(() => knownStation(database)));
      return known === null ? null : recordsLog(database, path, logKeysNow({ database, kind }, known));
    },
    station: () => guarded(path, () => marks.read(() => knownStation(database))),
    acts: () =>
      guarded(path, () =>
        marks.seen(() => {
          const station = knownStation(database);
          return station === null ? null : actsStanding(database, station);
        }),
      ),
    unlock: async (provider) => {
      try {
        const folder: Folder = { database, marks, path, directory, kind, random, id: folderId(database, kind, path) };
        const { masterKey, slot } = await unlockMasterKey(folder, provider);
        using onlyHere = masterKey;
        const opened = unlocked(folder, onlyHere, slot, keys);
        await beginLog(database, marks, opened.log, () => newestNumber(database, opened.station.publicKey));
        return opened;
      } catch (thrown) {
        throw storageFailure(thrown, path);
      }
    },
    recover: async (masterKey, provider) => {
      try {
        const folder: Folder = { database, marks, path, directory, kind, random, id: folderId(database, kind, path) };
        if (!isKeyOfStation(folder, masterKey)) throw new Failure('backup.other-station', { path });
        await keepMasterKey(folder, masterKey, provider);
      } catch (thrown) {
        throw storageFailure(thrown, path);
      }
    },
    close: () => {
      keys.dispose();
      marks.close();
      guarded(path, () => database.close());
    },
  };
}

function logKeysNow(
  { database, kind }: Pick<Folder, 'database' | 'kind'>,
  station: { readonly id: string; readonly publicKey: Uint8Array },
): () => LogKeys {
  return () =>
    logKeysOf(
      kind,
      station,
      readSigners(database).map(({ publicKey }) => publicKey),
    );
}

function isKeyOfStation(folder: Folder, masterKey: SecretBytes): boolean {
  using key = new SecretBytes(deriveKey(masterKey.reveal(), 'styrk/station/1'));
  return opensStation(folder.database, key);
}

function folderId(database: Folder['database'], kind: DataKind, path: string): string {
  const row = database.prepare<[], { id: string; kind: string }>('SELECT id, kind FROM folder').get();
  if (row === undefined || row.kind !== kind) throw new Failure('storage.corrupt', { path, part: 'folder' });
  return row.id;
}

// `keys` holds what is made, so that it is overwritten when the store is closed. The repositories reveal a key at each use: with
// zeros nothing is sealed or signed.
function unlocked(
  folder: Folder,
  masterKey: SecretBytes,
  slot: KeySlotDescription,
  keys: DisposableStack,
): UnlockedStore & { readonly log: StoredLog } {
  const { database, marks, path, random } = folder;
  // Whoever asks for it needs it at that moment alone, and purges it.
  const keyNow = (purpose: string): SecretBytes => new SecretBytes(deriveKey(masterKey.reveal(), `styrk/${purpose}/1`));
  const keyFor = (purpose: string): SecretBytes => keys.use(keyNow(purpose));
  const indexFor = (purpose: string): KeyedIndex => {
    using key = keyNow(purpose);
    return keys.use(keyedIndex(key.reveal()));
  };
  using marksSeal = keyNow('marks');
  keepMarkKey(folder, marksSeal);
  using stationSeal = keyNow('station');
  const station = stationIdentity(folder, stationSeal);
  const { id, publicKey } = station;
  const signingKey = keys.use(station.signingKey);
  const receivingKey = keyFor('stations/receiving');
  const indexKey = keyFor('holders/index');
  const index = keys.use(keyedIndex(indexKey.reveal()));
  const orderIndex = indexFor('orders/confirmed');
  const logRoot = keyFor('log/ml-dsa-44');
  const log = storedLog(database, path, {
    keysNow: logKeysNow(folder, station),
    signingKey,
    mlDsaSeed: (generation) => new SecretBytes(deriveKey(logRoot.reveal(), `styrk/log/ml-dsa-44/${generation}/1`)),
  });
  const recordKeys = { log, stationId: id, publicKey, signingKey, sealingKey: keyFor('records'), orderIndex };
  const orderKeys = { sealingKey: keyFor('orders/seal'), index: indexFor('orders/index') };
  const receivedOrders = receivedOrdersRepository(database, path, orderKeys, random);
  const answerKeySeal = keyFor('answer-key');
  const bankServices = bankServicesRepository(database, path, keyFor('bank-services'), random);
  const directoryKeys = {
    sealingKey: keyFor('directory/seal'),
    index: indexFor('directory/index'),
  };
  const servicesKey = keyFor('services');
  const operatorIndex = indexFor('operators/index');
  const operatorKeys = { sealingKey: keyFor('operators/seal'), index: operatorIndex };
  const layerKeys = { layerKey: keyFor('holders/layers'), tokenKey: keyFor('holders/tokens') };
  const layers = keys.use(openLayers(database, folder.directory, layerKeys));
  const holderKeys = { sealingKey: keyFor('holders/seal'), index, ...layerKeys };
  const holders = holdersRepository(database, path, { keys: holderKeys, layers }, random);
  return {
    slot,
    masterKey: keys.use(new SecretBytes(masterKey.reveal().slice())),
    station: { id, publicKey, sign: (message) => sign(signingKey.reveal(), message) },
    receiving: {
      publicKey: () => recipientKeyOf(receivingKey.reveal()),
      agreedWith: (ephemeral) => agreedWith(ephemeral, receivingKey.reveal()),
    },
    holders,
    rosterKeys: () => ({
      sealing: holderKeys.sealingKey.reveal().slice(),
      index: indexKey.reveal().slice(),
      layer: layerKeys.layerKey.reveal().slice(),
      token: layerKeys.tokenKey.reveal().slice(),
    }),
    records: recordsRepository(database, path, { ...recordKeys, marks }, random),
    checked: checkedRecords(database, path, id, indexFor('records/checked')),
    checkKeys: () => ({
      keys: { stationId: id, publicKey: publicKey.slice(), log: log.keysNow() },
      sealingKey: recordKeys.sealingKey.reveal().slice(),
    }),
    log,
    retention: retentionRepository(database, path, {
      records: recordKeys,
      index: indexFor('retention/holders'),
      terms: indexFor('records/terms'),
      sealingKey: keyFor('retention/holds'),
      random,
      holders,
    }),
    acts: actsRepository(database, path, { marks, station: { id, publicKey, signingKey } }),
    receivedOrders,
    outbox: outbox(database, path, {
      sealingKey: recordKeys.sealingKey,
      answerOf: receivedOrders.answerOf,
      log,
      station: { id, publicKey },
    }),
    pulled: pulledRepository(database, path, marks),
    parcels: parcelsRepository(database, path),
    blockedDocuments: blockedDocumentsRepository(database, path, {
      sealingKey: keyFor('blocked-documents'),
      marks,
      random,
    }),
    bankServices,
    services: stationServicesRepository(database, path, { sealingKey: servicesKey, marks }, random),
    knownDocuments: knownDocuments(
      database,
      path,
      {
        sealingKey: keyFor('known-documents/seal'),
        index: indexFor('known-documents/holders'),
      },
      random,
    ),
    directoryCache: directoryCache(database, path, directoryKeys, random),
    answerKey: () => answerKey(database, path, answerKeySeal, random),
    referrals: referralsRepository(database, path, { sealingKey: keyFor('referrals'), random }),
    operators: operatorsRepository(database, path, { keys: operatorKeys, marks, random }),
    acceptDay: (day) => marks.write(() => acceptDay(database, day)),
    refuseIfBusy: (patienceMillis) => guarded(path, () => tryWriting(database, patienceMillis)),
    atOnce: (act) => guarded(path, () => marks.keep(act)),
  };
}
