import { Callable } from '../../value/callable.ts'

/** A macro, or the body of a `{% call %}`. Undefined arguments are handed to it as they are. */
export class Macro extends Callable {}
