/** What browsers have and TypeScript's DOM types do not know yet. */
interface Navigator {
  /** Global Privacy Control; the browser sends `Sec-GPC: 1` as well. */
  readonly globalPrivacyControl?: boolean;
}

interface Document {
  readonly prerendering?: boolean;
  /** Thrown away in the background for want of memory, and loaded again now that it is looked at. */
  readonly wasDiscarded?: boolean;
}

interface Window {
  readonly navigation?: EventTarget;
  datamesh?: unknown;
}
