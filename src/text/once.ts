/**
 * Works each answer out once, and keeps it for as long as there is what was asked about: thousands of routes ask the
 * same of one server. Nothing of what is asked about may change.
 */
export function once<Asked extends object, Answer>(work: (asked: Asked) => Answer): (asked: Asked) => Answer {
  const known = new WeakMap<Asked, Answer>();
  return (asked) => {
    let answer = known.get(asked);
    if (answer === undefined) known.set(asked, (answer = work(asked)));
    return answer;
  };
}
