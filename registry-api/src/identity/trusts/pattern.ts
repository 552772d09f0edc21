/**
 * Patterns of subjects and claims: text with `*` for any run of characters but `:` and `/`, the marks between the parts of a subject,
 * and `**` for any run at all. Matched in time that grows with text times pattern and never with more, as both come from outside.
 */
export function matches(pattern: string, text: string): boolean {
  const steps = stepsOf(pattern);
  // Whether the first so many steps match the text up to here.
  let reached = closure(steps, new Array<boolean>(steps.length + 1).fill(false).with(0, true));
  for (const character of text) {
    const next = new Array<boolean>(steps.length + 1).fill(false);
    steps.forEach((step, index) => {
      if (!reached[index]) return;
      if (step.any) {
        if (step.deep || (character !== ':' && character !== '/')) next[index] = true;
      } else if (step.character === character) next[index + 1] = true;
    });
    reached = closure(steps, next);
  }
  return reached[steps.length] === true;
}

type Step = { any: true; deep: boolean } | { any: false; character: string };

function stepsOf(pattern: string): Step[] {
  const steps: Step[] = [];
  for (const character of pattern) {
    const last = steps.at(-1);
    if (character !== '*') steps.push({ any: false, character });
    else if (last?.any) last.deep = true;
    else steps.push({ any: true, deep: false });
  }
  return steps;
}

/** A star may stand for nothing. */
function closure(steps: readonly Step[], reached: boolean[]): boolean[] {
  steps.forEach((step, index) => {
    if (step.any && reached[index]) reached[index + 1] = true;
  });
  return reached;
}
