/** What every service is built on. Node only. */
export { canonicalAddress, networkOf } from './address';
export { ConfigError, type Environment, Settings } from './settings';
export { TrustedProxies } from './trusted-proxies';
