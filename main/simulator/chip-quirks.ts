/** How a chip behaves otherwise than most, as met in the field. Absent: as the standard says. */
export interface ChipQuirks {
  /** MSE:Set AT of PACE must name the domain parameters, or must not (9303-11 §4.4.4.1: conditional). */
  readonly parameterReference?: 'required' | 'refused';
  /** Ephemeral DH keys come with leading zero bytes, as long as the prime. */
  readonly paddedDhKeys?: true;
}
