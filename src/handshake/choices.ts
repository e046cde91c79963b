/**
 * Questions that the configuration leaves open: an `if` on a value known at run time only, the client's address. A run
 * answers each with the decision given for it, else with the first; `asked` then tells which other runs there are.
 */
export class Choices {
  readonly asked: Question[] = [];
  private readonly decided = new Map<object, boolean>();

  constructor(private readonly given: readonly boolean[]) {}

  /** The answer for this run. */
  decide(reason: string, first: boolean): boolean {
    const decision = this.given[this.asked.length] ?? first;
    this.asked.push({ reason, decision });
    return decision;
  }

  /** The same answer throughout the run for whatever depends on this one thing. */
  decideFor(thing: object, reason: string, first: boolean): boolean {
    const decision = this.decided.get(thing) ?? this.decide(reason, first);
    this.decided.set(thing, decision);
    return decision;
  }

  /** The decisions of runs that this one leads to: each open question answered the other way once. */
  others(): readonly (readonly boolean[])[] {
    const decisions = this.asked.map((question) => question.decision);
    const fresh = decisions.slice(this.given.length);
    return fresh.map((decision, index) => [...decisions.slice(0, this.given.length + index), !decision]);
  }
}

export interface Question {
  readonly reason: string;
  readonly decision: boolean;
}
