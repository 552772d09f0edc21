export { takePath, withPath } from './context-path';
export { DataError, dataUrl, fetchData, fetchJson, isAbort, retryDelay } from './data';
export { formatDuration, formatInstant, formatMonth, formatNumber, formatSigned, formatSignedPercent, readerZone } from './format';
export { broadcast, type ContextHandler, listen, listenOn } from './interop';
export { onLanguageChange, readerLanguage } from './language';
export { SettingsWriter } from './settings-writer';
export { sheetOf } from './style-sheet';
export { onThemeChange, prefersReducedMotion, readTokens } from './theme';
export type * from './types';
/** The class itself is at @datamesh/widget-sdk/element: this module also loads where there is no DOM. */
export type { WidgetBase } from './widget-base';
export { type Say, translator, type Words } from './words';
