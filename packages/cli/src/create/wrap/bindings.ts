/** Bindings as a person says them on a command line, and whether the element has what they name. */
import type { WidgetManifest } from '@datamesh/contracts';
import { CliError } from '../../problem';
import type { ElementDescription } from './elements-manifest';

type Bindings = NonNullable<WidgetManifest['bindings']>;
export type Input = NonNullable<Bindings['inputs']>[number];
export type Output = NonNullable<Bindings['outputs']>[number];

export const INPUT_FORM = '<context>:<path>=<attribute>, or =.<property>; such as fdc3.instrument:name=label';
export const OUTPUT_FORM = '<event>:<path>=<context>:<path>, or <event>:.<property>=…; such as change:.value=fdc3.instrument:name';

export function readInput(text: string): Input {
  const [, context, take, dot, target] = /^([^:=]+):([^:=]+)=(\.?)([^.:=]+)$/.exec(text) ?? [];
  if (!context || !take || !target) throw new CliError('usage', `--input ${text} is not ${INPUT_FORM}`, 2);
  return dot ? { context, take, property: target } : { context, take, attribute: target };
}

export function readOutput(text: string): Output {
  // Names of events may have colons of their own, as Vue's `update:model-value` does.
  const [, event, dot, from, context, as] = /^(.+):(\.?)([^:=]+)=([^:=]+):([^:=]+)$/.exec(text) ?? [];
  if (!event || !from || !context || !as) throw new CliError('usage', `--output ${text} is not ${OUTPUT_FORM}`, 2);
  return { event, ...(dot ? { property: from } : { take: from }), context, as };
}

/** What the manifest of the element does not know: a slip of the pen, or a gap of the manifest. */
export function unknownTo(element: ElementDescription, inputs: readonly Input[], outputs: readonly Output[]): string[] {
  const inherited = element.attributes.size === 0 && element.properties.size === 0;
  const wanted = [
    ...inputs.map(({ attribute, property }) => (attribute === undefined ? { property } : { attribute })),
    ...outputs.flatMap(({ event, property }) => [{ event }, { property }]),
  ].flatMap((one) => Object.entries(one)) as ['attribute' | 'property' | 'event', string | undefined][];
  const known = { attribute: element.attributes, property: element.properties, event: element.events };
  return wanted.flatMap(([kind, name]) => {
    if (name === undefined || known[kind].has(name) || (kind === 'event' ? known.event.size === 0 : inherited)) return [];
    return [`its Custom Elements Manifest has no ${kind} ${name}; it has ${[...known[kind].keys()].slice(0, 30).join(', ') || 'none'}`];
  });
}
