import { useWords } from '../parts/language.ts';
import classes from './laying.module.css';

/** How a document is laid on the reader, drawn: a passport open with its photo page down, a card flat on the plate. */
export function LayingPicture() {
  const { t } = useWords();
  return (
    <div className={classes.pair}>
      <figure>
        <svg className={classes.picture} viewBox="8 26 240 160" aria-hidden="true">
          <Reader />
          <g className={classes.coming}>
            {/* The cover lies to the left; what is dashed is on the side that is turned down. */}
            <path className={classes.sheet} d="M26 92 118 76 136 118 44 136z" />
            <path className={classes.sheet} d="M118 76 214 90 230 134 136 118z" />
            <path className={classes.under} d="M150 94 176 98 184 116 158 112z" />
            <path className={classes.under} d="M190 101 208 104M193 108 212 111M156 120 216 130" />
            <circle className={classes.under} cx="78" cy="105" r="9" />
          </g>
          <path className={classes.down} d="M176 34V66M166 56 176 68 186 56" />
        </svg>
        <figcaption>{t('reading/drawPassport')}</figcaption>
      </figure>
      <figure>
        <svg className={classes.picture} viewBox="8 26 240 160" aria-hidden="true">
          <Reader />
          <g className={classes.coming}>
            <path className={classes.sheet} d="M50 108 160 98 184 126 70 138z" />
            <path className={classes.under} d="M64 111 84 109 94 123 73 125z" />
            <path className={classes.under} d="M100 110 144 106M105 117 160 112M110 124 156 120" />
          </g>
          <path className={classes.down} d="M118 34V66M108 56 118 68 128 56" />
        </svg>
        <figcaption>{t('reading/drawCard')}</figcaption>
      </figure>
    </div>
  );
}

function Reader() {
  return (
    <g>
      <path className={classes.plate} d="M14 128 178 112 212 150 44 170z" />
      <path className={classes.plate} d="M44 170V180L212 160V150" />
      <path className={classes.plate} d="M14 128V137L44 180" />
      <path className={classes.wave} d="M96 148A16 8 0 0 1 128 144M86 153A28 13 0 0 1 140 146" />
    </g>
  );
}
