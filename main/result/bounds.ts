/*
 * Bounds that several rooms go by: who makes or takes a thing, the contract that lets it cross to the page, and the page's own
 * fields. Lengths are of JavaScript's strings. A bound of one room alone stays there.
 */

/** The longest texts. */
export const longest = {
  /** The given names, or the surname, of a person on file. What a document states beyond is cut where it is shown or kept. */
  personName: 200,
  /** Numbers of documents and persons as they are shown. */
  number: 40,
  /** What people type to find a person, and the lines of a page. */
  query: 200,
  pageLines: 200,
  /** What a scanner types of one document, with marks of its own. */
  swipe: 400,
  /** Why staff decided so, and who signs. */
  reason: 500,
  sign: 60,
  /** Who asks, what, and under which reference, in an order; and an order as a code holds it, signed. */
  orderIssuer: 200,
  orderText: 1_000,
  orderReference: 140,
  orderCode: 20_000,
  readerName: 300,
  /** The name of a camera, as the system gives it. */
  cameraName: 200,
  /** What a station is called by those who work at it. */
  stationName: 80,
  fileName: 300,
  /** Names in certificates and lists: of what is longer the beginning is shown. */
  issuerName: 1_000,
  /** Names of algorithms and kinds of keys. */
  algorithm: 200,
  /** An address or a folder that updates are fetched from. */
  place: 600,
  /** One line of what people are to confirm. */
  actText: 600,
} as const;

/** How large the page's text may be set, in per cent of its own size (WCAG 2.2 1.4.4 asks for 200). */
export const textSizes = [100, 115, 130, 150, 175, 200] as const;

/** The most of a kind. */
export const most = {
  /** People that a search finds, or whom a document may be. */
  holders: 20,
  /** Places of typed lines that are likely wrong. */
  slips: 40,
  /** Characters that may stand at one place of filmed lines. */
  filmedLetters: 6,
  /** Past cases on one page. */
  records: 200,
  /** Places that updates are fetched from. */
  places: 16,
  managed: 16,
  /** What others wrote of the app, with their licences. */
  noticesCharacters: 4_000_000,
  /** Calls of one page that are answered at one time: it makes a handful. */
  callsAtOnce: 64,
  /** Lists that the desk is told of, and what stands behind one certificate. */
  listsDue: 5,
  sources: 100,
  /** Orders that wait at the desk and are shown at one time. */
  offeredOrders: 20,
  /** Operators as the office lists them. */
  operators: 500,
  /** What one act that people confirm is done to. */
  actRows: 17,
  /** The bytes of EF.DG2, and so of a portrait. */
  portraitBytes: 262_144,
} as const;
