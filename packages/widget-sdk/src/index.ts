export { takePath, withPath } from './context-path';
export { DataError, dataUrl, fetchData, fetchJson, isAbort } from './data';
export { formatDuration, formatInstant, formatMonth, formatNumber, formatSigned, formatSignedPercent, readerZone } from './format';
export { broadcast, type ContextHandler, listen, listenOn } from './interop';
export { SettingsWriter } from './settings-writer';
export { sheetOf } from './style-sheet';
export { onThemeChange, prefersReducedMotion, readTokens } from './theme';
export type * from './types';
export { WidgetBase } from './widget-base';
