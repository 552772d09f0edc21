/** Rules for settings schemas, and the measure of checking by them: the registry and the page go by the same. */
export { Budget, foresee, TooMuchToCheck } from './budget';
export { type LinearPattern, linearPattern, PatternRefused } from './patterns';
export { schemaMistake, usableSchema } from './schema';
export { isSchema, mapSubschemas, type Schema } from './subschemas';
