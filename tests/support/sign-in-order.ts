/** What a process that signs in is told on its standard input, as one line of JSON. */
export interface SignInOrder {
  readonly directory: string;
  /** The day that its clock shows. */
  readonly day: string;
  /** The try in which it stands still, while the secret is computed, until it is killed; null: none. */
  readonly holdAt: number | null;
  readonly tries: readonly { readonly sign: string; readonly secret: string }[];
}
