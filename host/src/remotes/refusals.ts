/** What the page's policies refused, and to whose code: an error that follows from it says little, or nothing, of the cause. */

export interface PolicyRefusal {
  /** As in the page's policy: `script-src`, `worker-src`, `require-trusted-types-for`. */
  directive: string;
  /** An address, or `inline`, `eval`, `data`, `blob`, `trusted-types-sink`. */
  blocked: string;
  /** Absolute address of the script that asked for it, and its line. */
  file: string;
  line: number;
}

/** More are forgotten, the oldest first. */
const MAX_REFUSALS = 100;
/** Until the browser has told of a refusal that an error followed from; milliseconds. */
const TOLD_WITHIN = 50;

const refusals: PolicyRefusal[] = [];

globalThis.document?.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) => {
  refusals.push({
    directive: effectiveDirective.replace(/^(script-src)-(elem|attr)$/, '$1'),
    blocked: blockedURI,
    file: sourceFile,
    line: lineNumber,
  });
  if (refusals.length > MAX_REFUSALS) refusals.shift();
});

/** What a policy of ours refuses by itself, which the browser tells nobody about. */
export class RefusedByPolicy extends TypeError {
  override readonly name = 'RefusedByPolicy';
  constructor(
    message: string,
    readonly directive: string = 'trusted-types',
  ) {
    super(message);
  }
}

/** Whether the browser was kept from this address; of those without a host it names the scheme alone. */
export const wasRefused = (address: string): boolean => refusals.some(({ blocked }) => blocked !== '' && address.startsWith(blocked));

/** The refusal that an error of the code below `base` follows from, as far as the error's own words and the browser's fit together. */
export async function refusalBehind(error: unknown, message: string, base: string): Promise<PolicyRefusal | undefined> {
  if (error instanceof RefusedByPolicy) return { directive: error.directive, blocked: '', ...placeBelow(base, error.stack ?? '') };
  const spoken = error instanceof EvalError || /Content Security Policy|requires? 'Trusted/.test(message);
  const [address] = /(?:https?|data|blob):[^\s"')]+/.exec(message) ?? [];
  if (!spoken && !address) return undefined;
  await new Promise((told) => setTimeout(told, TOLD_WITHIN));
  const refusal = refusals.findLast(
    ({ file, blocked }) => file.startsWith(base) && (spoken || (blocked !== '' && address?.startsWith(blocked) === true)),
  );
  // Two directives stand against it, and the browser names the one that the other would have followed.
  return refusal && error instanceof EvalError ? { ...refusal, directive: 'script-src' } : refusal;
}

/** The nearest file of the widget in a stack: `http://…/widget.mjs:12:7`. */
function placeBelow(base: string, stack: string): { file: string; line: number } {
  const at = stack.indexOf(base);
  const [found] = /^[^\s"')]+/.exec(at < 0 ? base : stack.slice(at)) ?? [base];
  const [, file, line] = /^(.+?)(?::(\d+))?(?::\d+)?$/.exec(found) ?? [];
  return { file: file ?? base, line: Number(line ?? 0) };
}
