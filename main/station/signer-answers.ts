import { basename } from 'node:path';
import {
  type PinView,
  type SignerCertificateView,
  type SignerMethod,
  type SigningView,
  signerBounds,
} from '../../preload/contract.ts';
import { textsIn } from '../../resources/texts/texts.ts';
import type { House } from '../house/house.ts';
import type { PinnedSigner, SignerCertificate } from '../keeping/report/list-signers.ts';
import type { TrustReport } from '../keeping/report/trust-report.ts';
import { longest } from '../result/bounds.ts';
import { Failure } from '../result/failure.ts';
import { cleanText } from '../result/hidden-characters.ts';
import type { Answers } from './answers.ts';
import type { AskedAct, Confirmed } from './confirmation.ts';
import { confirmersOf } from './dangerous-acts.ts';
import { languageOf } from './interface-language.ts';
import { countryCode, short } from './shown-names.ts';
import type { SignerLook } from './signer-look.ts';
import type { TrustTending } from './trust-tending.ts';

/** Whom an act is done to: a certificate, or the key of a station. */
export type ActOn = Pick<PinnedSigner, 'fingerprint' | 'subject' | 'certificate'>;

const groupOfDigits = /.{4}(?=.)/g;

/**
 * Whose signature on a list counts, as the office shows and changes it (docs/decisions/0007-trust.md). The page can name nobody whom
 * the main process did not show it; what people confirm outside the page is read from the bytes that are pinned.
 */
export function signerAnswers(around: {
  readonly house: Pick<House, 'keeping' | 'keyKind'>;
  readonly tending: Pick<TrustTending, 'refuseIfBusy'>;
  readonly look: SignerLook;
  readonly chooseFiles: () => Promise<readonly string[]>;
  /** Has people confirm an act where no page can answer. */
  readonly confirm: (asked: AskedAct) => Promise<Confirmed>;
  readonly changed: () => null;
}): Pick<Answers, SignerMethod> {
  const { house, tending, look, chooseFiles, changed } = around;
  const { report, acts } = house.keeping;

  const pinView = ({ kind, fingerprint, subject, state, at, certificate }: PinnedSigner): PinView => ({
    kind,
    fingerprint,
    subject: shownName(subject),
    state,
    at,
    certificate: certificate === null ? null : certificateView(certificate, report),
  });
  const signingView = async ({
    path,
    kind,
    date,
    certificates,
  }: NonNullable<SignerLook['looked']>): Promise<SigningView> => {
    const pinned = report.signers();
    const [only] = kind === 'certificate' ? certificates : [];
    const vouchedFor = only === undefined ? [] : await report.authorities();
    return {
      file: fileName(path),
      kind,
      date,
      certificates: certificates.map(({ part, certificate }) => ({
        part,
        state: pinned.find(({ fingerprint }) => fingerprint === certificate.fingerprint)?.state ?? null,
        certificate: certificateView(certificate, report),
      })),
      asIssuer:
        only === undefined
          ? null
          : {
              refusal: only.asIssuer,
              stands: vouchedFor.some(
                ({ own, certificate }) => own && certificate.fingerprint === only.certificate.fingerprint,
              ),
            },
    };
  };
  const confirmed = (act: 'trust.pin' | 'trust.unpin', signer: ActOn, file: string | null) =>
    confirmedBy(around, () => certificateAct(house, act, signer, file));

  return {
    'trust.signers': async () => {
      const pinned = report.signers();
      const { refused, looked } = look;
      return {
        pins: pinned.slice(0, signerBounds.pins).map(pinView),
        pinCount: pinned.length,
        refused: refused === null ? null : fileName(refused.path),
        looked: looked === null ? null : await signingView(looked),
      };
    },
    'trust.lookAtSigner': async (which) => {
      tending.refuseIfBusy();
      if (which === 'refused') return signingView(await look.lookAtRefused());
      const [path, ...others] = await chooseFiles();
      if (path === undefined) return null;
      if (others.length > 0) throw new Failure('trust.pin-not-certificate', { reason: 'several files' });
      return signingView(await look.lookAt(path));
    },
    'trust.leaveSigner': () => {
      look.leave();
      return changed();
    },
    'trust.pin': async (fingerprint) => {
      const { looked } = look;
      const meant = looked?.certificates.find(({ certificate }) => certificate.fingerprint === fingerprint);
      if (looked === null || meant === undefined) throw new Failure('trust.pin-unknown');
      const stateNow = () => report.signers().find((pin) => pin.fingerprint === fingerprint)?.state ?? null;
      const before = stateNow();
      if (before !== null && before !== 'proposed') throw new Failure('confirm.changed');
      const { certificate } = meant;
      const names = await confirmed('trust.pin', { ...certificate, certificate }, fileName(looked.path));
      // The side door may have been quicker.
      if (stateNow() !== before) throw new Failure('confirm.changed');
      acts.pinSigner(meant.proposal, names);
      return changed();
    },
    'trust.unpin': async (fingerprint) => {
      const found = () => report.signers().find((pin) => pin.fingerprint === fingerprint);
      const before = found();
      if (before === undefined) throw new Failure('trust.pin-unknown');
      const names = await confirmed('trust.unpin', before, null);
      if (found()?.state !== before.state) throw new Failure('confirm.changed');
      acts.withdrawPin(fingerprint, names);
      return changed();
    },
  };
}

/** The signs or names of those who confirmed an act on the lists. Fails with `trust.busy`, `storage.locked`, and as `confirm`. */
export async function confirmedBy(
  around: {
    readonly house: Pick<House, 'keyKind'>;
    readonly tending: Pick<TrustTending, 'refuseIfBusy'>;
    readonly confirm: (asked: AskedAct) => Promise<Confirmed>;
  },
  asked: () => AskedAct,
): Promise<readonly string[]> {
  around.tending.refuseIfBusy();
  if (around.house.keyKind() === 'locked') throw new Failure('storage.locked');
  const { by } = await around.confirm(asked());
  around.tending.refuseIfBusy();
  return 'names' in by ? by.names : by.operators.map(({ sign }) => sign);
}

/** A certificate as the page shows it. */
export function certificateView(
  certificate: SignerCertificate,
  { namesOf }: Pick<TrustReport, 'namesOf'>,
): SignerCertificateView {
  return {
    fingerprint: certificate.fingerprint,
    subject: shownName(certificate.subject),
    issuer: shownName(certificate.issuer),
    country: countryCode(certificate.country),
    names: namesOf(certificate.country),
    serialNumber: short(certificate.serialNumber),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    validity: certificate.validity,
  };
}

/** An act on a certificate or a key, as people confirm it. */
export function certificateAct(
  house: Pick<House, 'keeping'>,
  act: 'trust.pin' | 'trust.unpin' | 'trust.pinAuthority' | 'trust.unpinAuthority',
  { fingerprint, subject, certificate }: ActOn,
  file: string | null,
): AskedAct {
  const language = languageOf(house);
  const text = textsIn(language);
  const { namesOf } = house.keeping.report;
  // The fingerprint first: it alone tells this signer from one of the same name.
  const rows = [[text('confirm/rows/fingerprint'), fingerprint.replaceAll(groupOfDigits, '$& ')]];
  rows.push([text('confirm/rows/pinned'), subject]);
  if (certificate !== null) {
    const { country, issuer, notBefore, notAfter } = certificate;
    rows.push(
      [
        text('confirm/rows/country'),
        namesOf(country)?.[language] ?? (country === '' ? text('trust/unnamed') : country),
      ],
      [text('confirm/rows/issuer'), issuer],
      [text('confirm/rows/valid'), text('trust/validFromTo', { from: notBefore, to: notAfter })],
    );
  }
  if (file !== null) rows.push([text('confirm/rows/file'), file]);
  return {
    language,
    words: {
      what: text(`confirm/acts/${act}`),
      why: text(`confirm/why/${act}`),
      rows: rows.map(([label = '', value = '']) => ({ label, value })),
    },
    by: confirmersOf(act, house.keeping.operators),
    secret: null,
  };
}

/** A name that a hostile file may have chosen: nothing unseen changes what people read. */
export function shownName(name: string): string {
  return short(cleanText(name));
}

/** The name of a chosen file. */
export function fileName(path: string): string {
  return cleanText(basename(path)).slice(-longest.fileName);
}
