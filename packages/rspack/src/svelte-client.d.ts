/** Of Svelte's own client, what adopt-styles.js needs: Svelte declares nothing of its inside. */
declare module 'svelte-client/reactivity/effects.js' {
  export function effect(run: () => void): void;
}

declare module 'svelte-client/runtime.js' {
  export const active_effect: { parent: { nodes: { start: Node | null } | null } | null } | null;
}
