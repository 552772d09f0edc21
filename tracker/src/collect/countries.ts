/** Step `country`: by the header of a proxy that knows, or by an operator's own database of addresses (.mmdb). None comes with the tracker. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { ConfigError, canonicalAddress } from '@datamesh/service';
import { type CountryResponse, Reader } from 'mmdb-lib';
import type { RequestContext, TrustedClaims } from '../events/event';

/** Decoded records kept; a database of countries has a few hundred, one of cities far more. */
const KEPT = 10_000;

export class Countries {
  private constructor(
    private readonly database: Reader<CountryResponse> | null,
    private readonly report: (error: unknown) => void,
  ) {}

  /** Throws a ConfigError when the file is none. `report` hears about records that cannot be read. */
  static open(file: string | null, report: (error: unknown) => void): Countries {
    if (file === null) return new Countries(null, report);
    try {
      const database = new Reader<CountryResponse>(readFileSync(file), { cache: new BoundedCache() });
      if (database.metadata.ipVersion !== 4 && database.metadata.ipVersion !== 6) throw new Error('it names no version of IP');
      return new Countries(database, report);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new ConfigError('COUNTRY_DATABASE', `must be an .mmdb file; ${file} cannot be read as one: ${why}`);
    }
  }

  /** ISO 3166-1 alpha-2, or null. A trusted sender's own address says nothing about the visitor. */
  of(request: RequestContext, said: TrustedClaims | null): string | null {
    if (said) return said.country ?? (said.ip === null ? null : this.byAddress(said.ip));
    return request.country ?? this.byAddress(request.ip);
  }

  private byAddress(ip: string): string | null {
    if (this.database === null) return null;
    const address = canonicalAddress(ip);
    if (address === null) return null;
    const version = isIP(address);
    if (version > this.database.metadata.ipVersion) return null;
    try {
      return countryOf(this.database.get(address));
    } catch (error) {
      this.report(error);
      return null;
    }
  }
}

/** As MaxMind and DB-IP write it (`country.iso_code`), and as others do (`country` or `country_code` as text). */
function countryOf(record: unknown): string | null {
  if (typeof record !== 'object' || record === null) return null;
  const { country, country_code: code } = record as Record<string, unknown>;
  const iso = typeof country === 'object' && country !== null ? (country as Record<string, unknown>)['iso_code'] : (code ?? country);
  return isCountry(iso) ? iso : null;
}

export const isCountry = (value: unknown): value is string => typeof value === 'string' && /^[A-Z]{2}$/.test(value);

class BoundedCache {
  private readonly records = new Map<string | number, unknown>();

  get(key: string | number): unknown {
    return this.records.get(key);
  }

  set(key: string | number, value: unknown): void {
    if (this.records.size < KEPT) this.records.set(key, value);
  }
}
