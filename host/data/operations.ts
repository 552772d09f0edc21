import { parseCsv } from './csv.ts';

const AIRPORT = ['iata', 'name', 'city', 'state', 'country', 'latitude', 'longitude'] as const;
const FLIGHTS = ['origin', 'destination', 'count'] as const;
type Airport = Record<(typeof AIRPORT)[number], string>;
type Flights = Record<(typeof FLIGHTS)[number], string>;

/** The files of the source `operations`, by path; of the tables airports.csv and flights-airport.csv as text. */
export function operations({ airports, flights }: { airports: string; flights: string }): Map<string, unknown> {
  const places = parseCsv(airports, AIRPORT);
  const byCode = new Map(places.map((place) => [place.iata, place]));
  const routes = new Map<string, Flights[]>();
  for (const row of parseCsv(flights, FLIGHTS)) routes.set(row.origin, [...(routes.get(row.origin) ?? []), row]);
  return new Map<string, unknown>([
    ['airports.json', table(places, routes)],
    // Also for airports without any: having no flights is an answer, not a missing file.
    ...[...new Set([...byCode.keys(), ...routes.keys()])].map(
      (iata) => [`routes/${iata}.json`, routesOf(iata, routes.get(iata) ?? [], byCode)] as const,
    ),
  ]);
}

function table(places: readonly Airport[], routes: ReadonlyMap<string, Flights[]>) {
  return {
    caption:
      'Airports of the United States and its territories, and their departures in 2008, from the vega-datasets package (airports.csv, flights-airport.csv)',
    columns: [
      { id: 'iata', title: 'Code', type: 'text' },
      { id: 'name', title: 'Name', type: 'text' },
      { id: 'city', title: 'City', type: 'text' },
      { id: 'state', title: 'State', type: 'text' },
      { id: 'country', title: 'Country', type: 'text' },
      { id: 'latitude', title: 'Latitude', type: 'number', unit: 'degrees north' },
      { id: 'longitude', title: 'Longitude', type: 'number', unit: 'degrees east' },
      { id: 'destinations', title: 'Destinations', type: 'number', unit: 'airports with a flight from here in 2008' },
      { id: 'flights', title: 'Flights', type: 'number', unit: 'departures in 2008' },
    ],
    rows: places.map(({ iata, name, city, state, country, latitude, longitude }) => {
      const own = routes.get(iata) ?? [];
      const place = { iata, name, city: known(city), state: known(state), country };
      return { ...place, latitude: degrees(latitude), longitude: degrees(longitude), destinations: own.length, flights: sum(own) };
    }),
  };
}

function routesOf(iata: string, rows: readonly Flights[], byCode: ReadonlyMap<string, Airport>) {
  const { name } = byCode.get(iata) ?? { name: iata };
  return {
    caption: `Flights from ${name} by destination, 2008, from the vega-datasets package (flights-airport.csv)`,
    iata,
    name,
    routes: rows
      .map(({ destination, count }) => {
        const place = byCode.get(destination);
        return { destination, name: place?.name ?? destination, city: known(place?.city ?? 'NA'), flights: Number(count) };
      })
      .sort((a, b) => b.flights - a.flights || (a.destination < b.destination ? -1 : 1)),
  };
}

const sum = (rows: readonly Flights[]): number => rows.reduce((total, { count }) => total + Number(count), 0);
/** The package writes what it does not know as "NA". */
const known = (text: string): string | null => (text === 'NA' || text === '' ? null : text);
/** Ten metres are exact enough for an airport, and half the bytes. */
const degrees = (text: string): number => Math.round(Number(text) * 10_000) / 10_000;
