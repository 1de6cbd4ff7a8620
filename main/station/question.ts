/** A question to a person that no page can answer; both answers in words. */
export interface Question {
  readonly title: string;
  readonly detail: string;
  readonly yes: string;
  readonly no: string;
}
