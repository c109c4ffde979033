/** A Python float: `8.0` stays distinct from the integer `8`. */
export class Float {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}
