import type { WidgetManifest } from './index';

type Says = Pick<WidgetManifest, 'listensFor' | 'broadcasts' | 'bindings' | 'intents'>;

/** Types of contexts that a widget takes, wherever its widget.json says so, each once. */
export const taken = ({ listensFor = [], bindings, intents = [] }: Says): string[] => [
  ...new Set([...listensFor, ...(bindings?.inputs ?? []).map(({ context }) => context), ...intents.flatMap(({ contexts }) => contexts)]),
];

/** Types of contexts that it gives, each once. */
export const given = ({ broadcasts = [], bindings }: Says): string[] => [
  ...new Set([...broadcasts, ...(bindings?.outputs ?? []).map(({ context }) => context)]),
];
