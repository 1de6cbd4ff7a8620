import {
  type AuthorityView,
  basisBounds,
  type OriginView,
  type TrustBasisMethod,
  type TrustLimitsView,
} from '../../preload/contract.ts';
import { textsIn } from '../../resources/texts/texts.ts';
import type { House } from '../house/house.ts';
import type { VouchedAuthority } from '../keeping/report/trust-basis.ts';
import type { TrustReport } from '../keeping/report/trust-report.ts';
import { revocationStates } from '../keeping/update/revocation-places.ts';
import { updateSource } from '../keeping/update/source.ts';
import { Failure } from '../result/failure.ts';
import type { Answers } from './answers.ts';
import type { AskedAct, Confirmed } from './confirmation.ts';
import { confirmersOf, type DangerousAct } from './dangerous-acts.ts';
import { languageOf } from './interface-language.ts';
import { certificateAct, certificateView, confirmedBy, fileName, shownName } from './signer-answers.ts';
import type { SignerLook } from './signer-look.ts';
import type { TrustTending } from './trust-tending.ts';

/** The settings from outside that say where lists are fetched (`main/house/managed-settings.ts`). */
const placeSettings = ['trustPlaces', 'revocationStates'];

type Origin = ReturnType<TrustReport['origins']>[number];

/**
 * What trust rests on at this station, as the office shows and changes it (docs/decisions/0007-trust.md). The page can name no
 * certificate that the main process did not show it, and no change is made that people have not confirmed outside it.
 */
export function trustBasisAnswers(around: {
  readonly house: Pick<House, 'keeping' | 'keyKind'>;
  readonly tending: Pick<TrustTending, 'refuseIfBusy'>;
  readonly look: Pick<SignerLook, 'looked'>;
  /** Has people confirm an act where no page can answer. */
  readonly confirm: (asked: AskedAct) => Promise<Confirmed>;
  readonly changed: () => null;
}): Pick<Answers, TrustBasisMethod> {
  const { house, look, changed } = around;
  const { report, acts, station, upkeep, holdings, managed } = house.keeping;
  const isManaged = (): boolean => placeSettings.some((name) => managed.names.includes(name));

  return {
    'trust.basis': async () => {
      const [key, name] = [station.publicKey(), station.name()];
      const authorities = await report.authorities();
      const origins = report.origins();
      const source = upkeep.source();
      return {
        station: key === null ? null : { name, ...key, logKeys: station.logKeys().slice(0, basisBounds.logKeys) },
        authorities: authorities.slice(0, basisBounds.authorities).map((authority) => authorityView(authority, report)),
        authorityCount: authorities.length,
        origins: origins.slice(0, basisBounds.origins).map(originView),
        originCount: origins.length,
        limits: station.limits(),
        standardLimits: station.standardLimits,
        places: [...(source?.places ?? [])],
        states: upkeep.revocationStates().slice(0, basisBounds.states),
        ownAuthority: source !== null && source.authority !== null,
        placesManaged: isManaged(),
      };
    },
    'trust.pinAuthority': async (fingerprint) => {
      const looked =
        look.looked?.certificates.find(({ certificate }) => certificate.fingerprint === fingerprint) ?? null;
      const before = await standing(report, fingerprint);
      const meant = looked ?? before;
      if (meant === null) throw new Failure('trust.pin-unknown');
      if (looked !== null && looked.asIssuer !== null) throw new Failure(looked.asIssuer);
      const { certificate } = meant;
      const der = looked?.proposal.content ?? holdings.certificate(fingerprint).stored.der;
      const file = looked === null ? null : (look.looked?.path ?? null);
      const names = await confirmedBy(around, () =>
        certificateAct(
          house,
          'trust.pinAuthority',
          { ...certificate, certificate },
          file === null ? null : fileName(file),
        ),
      );
      // The side door may have been quicker.
      if ((await standing(report, fingerprint))?.since !== before?.since) throw new Failure('confirm.changed');
      await acts.pinAuthority(der, names);
      return changed();
    },
    'trust.unpinAuthority': async (fingerprint) => {
      const before = await standing(report, fingerprint);
      if (before === null) throw new Failure('trust.pin-unknown');
      const { certificate } = before;
      const names = await confirmedBy(around, () =>
        certificateAct(house, 'trust.unpinAuthority', { ...certificate, certificate }, null),
      );
      if ((await standing(report, fingerprint))?.since !== before.since) throw new Failure('confirm.changed');
      acts.withdrawAuthority(fingerprint, names);
      return changed();
    },
    'trust.setLimits': async (given) => {
      const before = station.limits();
      const wanted = given ?? station.standardLimits;
      if (JSON.stringify(before) === JSON.stringify(wanted)) return null;
      await confirmedBy(around, () => limitsAct(house, before, wanted));
      if (JSON.stringify(station.limits()) !== JSON.stringify(before)) throw new Failure('confirm.changed');
      // The schema of the call has the same bounds as the setting.
      if (station.setLimits(wanted) === null) throw new Failure('call.malformed', { part: 'arguments' });
      return changed();
    },
    'trust.setPlaces': async ({ places, states }) => {
      // What is managed is nobody's to change here: nobody confirms it for nothing.
      if (isManaged()) throw new Failure('settings.managed', { setting: 'trustPlaces' });
      const now = () => JSON.stringify([upkeep.source(), upkeep.revocationStates()]);
      const before = now();
      const source = upkeep.source();
      const next = places.length === 0 ? null : updateSource(places, null);
      const kept = next?.kind === 'https' && source !== null ? { ...next, authority: source.authority } : next;
      const wanted = states.length === 0 ? [] : revocationStates(states);
      await confirmedBy(around, () => placesAct(house, kept?.places ?? [], wanted));
      if (now() !== before) throw new Failure('confirm.changed');
      upkeep.setSource(kept);
      upkeep.setRevocationStates(wanted);
      return changed();
    },
  };
}

// Its own word alone: what came in a bundle goes with the pin of its station.
async function standing(
  report: Pick<TrustReport, 'authorities'>,
  fingerprint: string,
): Promise<VouchedAuthority | null> {
  const all = await report.authorities();
  return all.find(({ own, certificate }) => own && certificate.fingerprint === fingerprint) ?? null;
}

function authorityView(
  { certificate, freshness, ...told }: VouchedAuthority,
  report: Pick<TrustReport, 'namesOf'>,
): AuthorityView {
  return {
    ...told,
    freshness: freshness === 'soon stale' ? 'soon-stale' : freshness,
    certificate: certificateView(certificate, report),
  };
}

function originView({ kind, name, date, takenAt, takenAs, voucher, count }: Origin): OriginView {
  const of = voucher === null ? null : { kind: voucher.kind, name: shownOrNull(voucher.name) };
  return { kind, name: shownOrNull(name), date, takenAt, takenAs, voucher: of, count };
}

function shownOrNull(name: string | null): string | null {
  return name === null ? null : shownName(name);
}

function asked(
  house: Pick<House, 'keeping'>,
  act: DangerousAct & ('trust.setLimits' | 'trust.setPlaces'),
  rowsIn: (text: ReturnType<typeof textsIn>) => AskedAct['words']['rows'],
): AskedAct {
  const language = languageOf(house);
  const text = textsIn(language);
  return {
    language,
    words: { what: text(`confirm/acts/${act}`), why: text(`confirm/why/${act}`), rows: rowsIn(text) },
    by: confirmersOf(act, house.keeping.operators),
    secret: null,
  };
}

function limitsAct(house: Pick<House, 'keeping'>, before: TrustLimitsView, wanted: TrustLimitsView): AskedAct {
  const fields = Object.keys(wanted) as (keyof TrustLimitsView)[];
  return asked(house, 'trust.setLimits', (text) =>
    fields
      .filter((field) => before[field] !== wanted[field])
      .map((field) => ({
        label: text(`trust/limits/fields/${field}`),
        value: `${text('trust/limits/days', { count: before[field] })} → ${text('trust/limits/days', { count: wanted[field] })}`,
      })),
  );
}

function placesAct(house: Pick<House, 'keeping'>, places: readonly string[], states: readonly string[]): AskedAct {
  return asked(house, 'trust.setPlaces', (text) => [
    ...(places.length === 0 ? [text('trust/places/nowhere')] : places).map((place) => ({
      label: text('trust/upkeep/places'),
      value: place,
    })),
    ...(states.length === 0 ? [] : [{ label: text('trust/places/states'), value: states.join(', ') }]),
  ]);
}
