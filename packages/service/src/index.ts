/** What every service is built on. Node only. */
export { canonicalAddress, networkOf } from './address';
export { type BodyLimits, BodyRefused, bodyWithin, formBody, jsonBody, readBody } from './body';
export { compileContractRoutes } from './contract-routes';
export { nameIn, ownHosts } from './hosts';
export { type Handler, HttpService, type Refusal, type Stop } from './http-service';
export { type Language, languageOf } from './language';
export { mediaTypeOf } from './media-type';
export { NewerData } from './newer-data';
export { PROBLEM_TYPE, type ProblemCause, problemBody, writeProblem } from './problem';
export { type Allowance, type RateLimit, RateLimiter } from './rate-limit';
export { REQUEST_ID, requestIdOf } from './request-id';
export {
  COMMON_SETTINGS,
  ConfigError,
  type Environment,
  type LogLevel,
  type SettingDoc,
  type SettingRead,
  Settings,
} from './settings';
export { TrustedProxies } from './trusted-proxies';
