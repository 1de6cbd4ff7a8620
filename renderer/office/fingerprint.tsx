import classes from './signers.module.css';
import { fingerprintGroups } from './signers-view.ts';

/** A fingerprint to be compared by eye or aloud: in groups, in the face of numbers. */
export function Fingerprint({ digits }: { readonly digits: string }) {
  return (
    <code className={classes.fingerprint}>
      {fingerprintGroups(digits).map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups repeat, and never change their places
        <span key={index}>{group}</span>
      ))}
    </code>
  );
}
