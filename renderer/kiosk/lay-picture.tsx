import type { KioskState } from '../../preload/kiosk-contract.ts';
import { useWords } from '../parts/language.ts';
import classes from './lay-picture.module.css';

type Drawn = 'data-page' | 'cover' | 'card';

/**
 * How this document is laid on the reader, drawn and moving: what has the chip in it is marked, and goes down on the plate. Where no
 * source says where the chip sits each way is drawn.
 */
export function LayPicture({ laying }: { readonly laying: KioskState['laying'] }) {
  const { t } = useWords();
  const drawn: readonly Drawn[] =
    laying.place !== 'unknown'
      ? [laying.place]
      : laying.kind === 'passport'
        ? ['data-page', 'cover']
        : ['data-page', 'cover', 'card'];
  return (
    <div className={classes.pictures} role="img" aria-label={t('kiosk/picture')} data-place={laying.place}>
      {drawn.map((each) => (
        <svg key={each} className={classes.picture} viewBox="10 26 216 144" aria-hidden="true">
          <path className={classes.plate} d="M20 150 60 122H216V136L190 164H20Z" />
          <path className={classes.edge} d="M20 150H190L216 122M190 150V164" />
          <path className={classes.wave} d="M96 139Q118 129 140 139 M84 144Q118 126 152 144" />
          <g className={classes.coming}>
            <Document drawn={each} />
          </g>
          <path className={classes.down} d="M118 84V112M108 102 118 112 128 102" />
        </svg>
      ))}
    </div>
  );
}

function Document({ drawn }: { readonly drawn: Drawn }) {
  if (drawn === 'card')
    return (
      <>
        <path className={classes.sheet} d="M64 60 92 38H180L156 60Z" />
        <path className={classes.chip} d="M112 46H128V54H112Z" />
      </>
    );
  if (drawn === 'cover')
    return (
      <>
        <path className={classes.sheet} d="M74 66 104 34H164V40L138 72H74Z" />
        <path className={classes.edge} d="M74 66H138L164 34M138 66V72" />
        <path className={classes.chip} d="M110 46H126V54H110Z" />
      </>
    );
  return (
    <>
      <path className={classes.sheet} d="M46 66 74 34H124L102 66Z" />
      <path className={classes.sheet} d="M102 66 124 34H176L158 66Z" />
      <path className={classes.fold} d="M102 66 124 34" />
      <path className={classes.chip} d="M132 44H148V54H132Z" />
    </>
  );
}
