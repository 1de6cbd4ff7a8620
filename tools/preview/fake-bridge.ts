import { judgeTypedMrz } from '../../main/document/typed-mrz.ts';
import type { Answer, Arguments, CallResult, Language, MethodName, StyrkBridge } from '../../preload/contract.ts';
import { wordsIn } from '../../renderer/parts/language.ts';
import asa from '../../resources/specimens/portraits/asa.jpg?inline';
import goran from '../../resources/specimens/portraits/goran.jp2?inline';
import { headquarters } from './headquarters.ts';
import { figures, logLines, receipt, retention } from './office.ts';
import { broken, found, rows, specimenRows, unchanged, waiting } from './people.ts';
import * as policies from './policies.ts';
import { rosterFile, rosterReport } from './roster.ts';
import type { Scene } from './scenes.ts';
import { allDone } from './set-up.ts';
import { noStations, stationsTaken } from './stations.ts';
import { filled } from './trust.ts';

function bytesOf(dataUrl: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(dataUrl.slice(dataUrl.indexOf(',') + 1)), (character) => character.charCodeAt(0));
}

/** A bridge that answers from one scene; nothing that is asked changes it but the language. */
export function fakeBridge(scene: Scene, first: Language): StyrkBridge {
  let language = first;
  const trust = scene.trust ?? filled;
  let present = scene.state;
  const listeners = new Set<Parameters<StyrkBridge['onDesk']>[0]>();
  const answers: { readonly [M in MethodName]?: (...args: Arguments<M>) => Answer<M> } = {
    'app.info': () => ({
      version: '0.1.0',
      training: scene.ordinary !== true,
      standIn: scene.standIn ?? false,
      language,
      key: scene.key ?? (scene.locked === true ? 'locked' : 'key-file'),
      hasKey: scene.keyless !== true,
      operatingSystemUser: 'kassa01',
      managed: scene.setUp === undefined ? ['kind', 'trustPlaces'] : [],
      textSize: 100,
    }),
    'app.setLanguage': (next) => {
      language = next;
      return null;
    },
    'app.notices': () => null,
    'readers.known': () =>
      present.readers.map(({ name }) => ({ name, advice: name.includes('ACR') ? ['acr122'] : [] })),
    'setUp.state': () => ({ ...(scene.setUp ?? allDone), steps: [...(scene.setUp ?? allDone).steps] }),
    'desk.state': () => present,
    'mrz.judge': (text) => structuredClone(judgeTypedMrz(text)) as Answer<'mrz.judge'>,
    'holders.find': (query) => (query.startsWith('x') ? [] : [...found]),
    'case.findOrders': (query) => ({ orders: query.startsWith('x') ? [] : [...present.offered], more: 0, unopened: 0 }),
    'case.camera': () => ({ named: scene.camera ?? null }),
    'case.portrait': () =>
      scene.jpeg2000 === true ? { format: 'jpeg2000', bytes: bytesOf(goran) } : { format: 'jpeg', bytes: bytesOf(asa) },
    'case.decide': () => end(),
    'case.abandon': () => end(),
    'case.lastAnswer': () => scene.told ?? null,
    'operators.list': () => scene.operators ?? { state: 'none', operators: [], namedAnew: [] },
    'referrals.list': () => ({
      rows: waiting.map((row) => ({ ...row, reasons: [...row.reasons] })),
      damaged: [...(scene.damagedCases ?? [])],
    }),
    'records.search': ({ teller }) => ({
      rows: teller === null ? [...rows] : rows.filter(({ decidedBy }) => decidedBy === teller),
      before: teller === null ? null : 9_210,
      behind: teller === null ? 0 : 120,
    }),
    'records.figures': () => figures,
    'records.receipt': () => receipt,
    'case.lastReceipt': () => receipt,
    'retention.state': () => scene.retention ?? retention,
    'headquarters.state': () => scene.headquarters ?? headquarters,
    'stations.state': () => scene.stations ?? noStations,
    'stations.takeFile': () => stationsTaken,
    'app.log': () => logLines.map((line) => ({ ...line })),
    'records.show': () => ({
      row: rows[0] ?? neverThere(),
      hash: '9f2c4e1ab07d53886c1f0e7a5b9d2c34e8f61a0b7c5d4e3f2a1b0c9d8e7f6a5b',
      content: scene.record ?? {},
    }),
    'records.check': () => (scene.whole === true ? unchanged : broken),
    'records.stopCheck': () => null,
    'trust.countries': () => trust.countries,
    'trust.country': () => trust.country,
    'trust.sources': () => trust.sources,
    'trust.state': () => trust.state,
    'trust.signers': () => trust.signers ?? { pins: [], pinCount: 0, refused: null, looked: null },
    'trust.basis': () => trust.basis,
    'policies.all': () => policies.all,
    'policies.explain': (id, edition) => policies.explain(wordsIn(language).t, id, edition),
    'roster.choose': () => rosterFile,
    'roster.try': () => rosterReport,
    'training.specimens': () => [...specimenRows],
  };
  const end = () => {
    present = { ...present, revision: present.revision + 1, case: null };
    for (const listener of listeners) listener(present);
    return { recordId: 'k7q2-9d4m-3x8p', hash: '9f2c4e1ab07d53886c1f0e7a5b9d2c34e8f61a0b7c5d4e3f2a1b0c9d8e7f6a5b' };
  };
  return {
    async call<M extends MethodName>(method: M, ...args: Arguments<M>): Promise<CallResult<M>> {
      const failure = scene.failures?.[method];
      if (failure !== undefined) return { ok: false, code: failure.code, fields: failure.fields ?? {} };
      const answer = answers[method] as ((...given: Arguments<M>) => Answer<M>) | undefined;
      return { ok: true, value: answer === undefined ? (null as Answer<M>) : answer(...args) };
    },
    onDesk(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function neverThere(): never {
  throw new RangeError('no row');
}
