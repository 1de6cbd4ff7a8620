import { useWords } from '../parts/language.ts';
import classes from './chain.module.css';
import { type Chain, type ChainBranch, type ChainRow, type YearAxis, yearAxis, yearOf } from './chain-view.ts';

const width = 1040;
const head = 36;
const rowHeight = 46;
const laneWidth = 14;
const numberWidth = 28;
const labelWidth = 320;
const barHeight = 14;
const longestLabel = 38;
/** More rows than these make no picture any more; the table beneath has all. */
export const mostPictured = 80;

interface ChainPictureProps {
  readonly chain: Chain;
  readonly today: string;
  /** The element that says the same in words. */
  readonly describedBy: string;
}

/** A country's chain: who verified whom as arrows on the left, from when to when each holds as bars on the right. */
export function ChainPicture({ chain, today, describedBy }: ChainPictureProps) {
  const { t } = useWords();
  const rows = chain.rows.slice(0, mostPictured);
  const axis = yearAxis(
    rows.map(({ certificate }) => certificate),
    today,
  );
  const nodeX = numberWidth + chain.lanes * laneWidth + 26;
  const labelX = nodeX + 20;
  const timeX = labelX + labelWidth;
  const height = head + rows.length * rowHeight + 8;
  const x = (day: string): number => {
    const share = (yearOf(day) - axis.from) / (axis.to - axis.from);
    return timeX + Math.min(Math.max(share, 0), 1) * (width - timeX - 24);
  };
  const said = t('trust/chainSaid', { count: chain.rows.length, keys: t('trust/keys', { count: chain.keys }) });
  return (
    <svg
      className={classes.picture}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={said}
      aria-describedby={describedBy}
    >
      <defs>
        <marker id="chain-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
          <path className={classes.arrowHead} d="M0 0 8 4 0 8z" />
        </marker>
      </defs>
      <Years axis={axis} x={x} height={height} today={today} />
      {chain.branches
        .filter(({ issuer }) => issuer <= rows.length)
        .map((branch) => (
          <Branch key={branch.issuer} branch={branch} lanes={chain.lanes} nodeX={nodeX} last={rows.length} />
        ))}
      {rows.map((row) => (
        <Row key={row.number} row={row} nodeX={nodeX} labelX={labelX} x={x} />
      ))}
    </svg>
  );
}

const standings = ['root', 'link', 'orphan'] as const;

/** What the shapes of the picture mean; of the bars, those that occur. */
export function ChainLegend({ chain }: { readonly chain: Chain }) {
  const { t } = useWords();
  const validities = new Set(chain.rows.map(({ certificate }) => certificate.validity));
  return (
    <ul className={classes.legend}>
      {standings
        .filter((standing) => chain.rows.some((row) => row.standing === standing))
        .map((standing) => (
          <li key={standing}>
            <svg className={classes.sample} viewBox="0 0 20 20" aria-hidden="true">
              <circle className={classes.node} data-standing={standing} cx="10" cy="10" r="8" />
              {standing === 'root' ? <circle className={classes.core} cx="10" cy="10" r="4" /> : null}
            </svg>
            {t(`trust/kindNames/${standing}`)}
          </li>
        ))}
      {[...validities].map((validity) => (
        <li key={validity}>
          <svg className={classes.sample} viewBox="0 0 28 20" aria-hidden="true">
            <rect className={classes.bar} data-validity={validity} x="2" y="3" width="24" height="14" rx="3" />
          </svg>
          {t(`trust/validities/${validity}`)}
        </li>
      ))}
    </ul>
  );
}

function middle(number: number): number {
  return head + (number - 1) * rowHeight + rowHeight / 2;
}

interface YearsProps {
  readonly axis: YearAxis;
  readonly x: (day: string) => number;
  readonly height: number;
  readonly today: string;
}

function Years({ axis, x, height, today }: YearsProps) {
  const { t } = useWords();
  const now = x(today);
  return (
    <g>
      {axis.ticks.map((year) => {
        const at = x(`${year}-01-01`);
        return (
          <g key={year}>
            <line className={classes.year} x1={at} x2={at} y1={head - 6} y2={height - 4} />
            {Math.abs(at - now) < 44 ? null : (
              <text className={classes.axis} x={at} y={head - 14} textAnchor="middle">
                {year}
              </text>
            )}
          </g>
        );
      })}
      <line className={classes.today} x1={now} x2={now} y1={head - 6} y2={height - 4} />
      <text className={classes.todayWord} x={now} y={head - 14} textAnchor="middle">
        {t('trust/today')}
      </text>
    </g>
  );
}

interface BranchProps {
  readonly branch: ChainBranch;
  readonly lanes: number;
  readonly nodeX: number;
  readonly last: number;
}

function Branch({ branch, lanes, nodeX, last }: BranchProps) {
  const lane = numberWidth + (lanes - branch.lane - 1) * laneWidth + 10;
  const from = middle(branch.issuer);
  return (
    <g>
      {branch.verified
        .filter((number) => number <= last)
        .map((number) => {
          const to = middle(number) + 5 * (number > branch.issuer ? -1 : 1);
          const bend = number > branch.issuer ? 5 : -5;
          return (
            <path
              key={number}
              className={classes.arrow}
              markerEnd="url(#chain-arrow)"
              d={`M${nodeX - 9} ${from}H${lane + 5}Q${lane} ${from} ${lane} ${from + bend}V${to - bend}Q${lane} ${to} ${lane + 5} ${to}H${nodeX - 9}`}
            />
          );
        })}
    </g>
  );
}

interface RowProps {
  readonly row: ChainRow;
  readonly nodeX: number;
  readonly labelX: number;
  readonly x: (day: string) => number;
}

function Row({ row, nodeX, labelX, x }: RowProps) {
  const { t } = useWords();
  const { certificate, number, name, keyLetter, standing } = row;
  const { notBefore, notAfter, validity, keyKind, subject } = certificate;
  const y = middle(number);
  const start = x(notBefore);
  return (
    <g>
      <line className={classes.rule} x1="0" x2={width} y1={y + rowHeight / 2} y2={y + rowHeight / 2} />
      <text className={classes.number} x={numberWidth - 8} y={y + 5} textAnchor="end">
        {number}
      </text>
      <circle className={classes.node} data-standing={standing} cx={nodeX} cy={y} r="8" />
      {standing === 'root' ? <circle className={classes.core} cx={nodeX} cy={y} r="4" /> : null}
      <text className={classes.name} x={labelX} y={y - 3}>
        <title>{subject}</title>
        {name.length > longestLabel ? `${name.slice(0, longestLabel - 1)}…` : name}
      </text>
      <text className={classes.kind} x={labelX} y={y + 14}>
        {[
          ...(certificate.readingsDiffer ? [t('trust/notRelied')] : []),
          t(`trust/kindNames/${standing}`),
          t('trust/keyName', { letter: keyLetter }),
          keyKind,
        ]
          .join(' · ')
          .slice(0, 56)}
      </text>
      <rect
        className={classes.bar}
        data-validity={validity}
        x={start}
        y={y - barHeight / 2}
        width={Math.max(3, x(notAfter) - start)}
        height={barHeight}
        rx="3"
      />
    </g>
  );
}
