// Built by its maker with Angular and zone.js into scripts that its package does not export: its project copies them (exhibits.ts, `before`).
export {};
