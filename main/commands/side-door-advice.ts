import type { Failure } from '../result/failure.ts';

/**
 * By what options a failed command could go on, null where there is no such thing to say. The failure's own words are for staff
 * at the desk: they name pages and send to IT, who reads here.
 */
export function sideDoorAdvice({ code, fields }: Pick<Failure, 'code' | 'fields'>): string | null {
  if (code === 'storage.locked' && fields.advice === 'give-passphrase')
    return '--passphrase-file FILE, whose first line is the passphrase of the folder';
  if (code === 'storage.locked' && fields.advice === 'choose-key')
    return '--passphrase-file FILE, whose first line (twelve characters or more) becomes the passphrase of the folder';
  if (code === 'operator.needed')
    return '--operator SIGN, and --operator-secret-file FILE where nobody types the secret';
  if (code === 'operator.second-needed') return '--operator SIGN twice, by two administrators';
  if (code === 'trust.signer-not-pinned')
    return '--signer CERT --by NAME --by NAME, or --operator twice where there are operators: styrk trust import --help';
  return null;
}
