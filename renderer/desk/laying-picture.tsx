import { useWords } from '../parts/language.ts';
import classes from './laying.module.css';

/** How a document is laid on the reader, drawn: a passport open with its photo page down, a card flat on the plate. */
export function LayingPicture() {
  const { t } = useWords();
  return (
    <svg className={classes.picture} viewBox="8 26 552 184" role="img" aria-label={t('reading/drawing')}>
      <Reader x={20} />
      <g className={classes.coming}>
        {/* The cover lies to the left, outside up; the page with the photo is turned down on the plate. */}
        <path className={classes.sheet} d="M26 92 118 76 136 118 44 136z" />
        <path className={classes.sheet} d="M118 76 214 90 230 134 136 118z" />
        <path className={classes.fold} d="M118 76 136 118" />
        <path className={classes.hidden} d="M150 94 176 98 184 116 158 112z" />
        <path className={classes.hidden} d="M190 101 208 104M193 108 212 111M156 120 216 130" />
        <circle className={classes.hidden} cx="78" cy="105" r="9" />
      </g>
      <path className={classes.down} d="M176 34V66M166 56 176 68 186 56" />
      <text className={classes.words} x="130" y="202" textAnchor="middle">
        {t('reading/drawPassport')}
      </text>
      <Reader x={310} />
      <g className={classes.coming}>
        <path className={classes.sheet} d="M352 106 462 96 486 124 372 136z" />
        <path className={classes.hidden} d="M366 109 386 107 396 121 375 123z" />
        <path className={classes.hidden} d="M402 108 446 104M407 115 462 110M412 122 458 118" />
      </g>
      <path className={classes.down} d="M420 34V66M410 56 420 68 430 56" />
      <text className={classes.words} x="420" y="202" textAnchor="middle">
        {t('reading/drawCard')}
      </text>
    </svg>
  );
}

function Reader({ x }: { readonly x: number }) {
  return (
    <g transform={`translate(${x} 0)`}>
      <path className={classes.plate} d="M14 128 178 112 212 150 44 170z" />
      <path className={classes.plate} d="M44 170V180L212 160V150" />
      <path className={classes.plate} d="M14 128V137L44 180" />
      <path className={classes.wave} d="M96 146A16 8 0 0 1 128 142M88 150A26 12 0 0 1 138 145" />
    </g>
  );
}
