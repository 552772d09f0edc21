import { parseCsv } from './csv.mjs';

/**
 * The files of the source `operations`, by path.
 * @param {{airports: string, flights: string}} tables airports.csv and flights-airport.csv as text
 * @returns {Map<string, unknown>}
 */
export function operations({ airports, flights }) {
  const places = parseCsv(airports);
  const byCode = new Map(places.map((place) => [place.iata, place]));
  const routes = groupBy(parseCsv(flights), 'origin');
  return new Map([
    ['airports.json', table(places, routes)],
    // Also for airports without any: having no flights is an answer, not a missing file.
    ...[...new Set([...byCode.keys(), ...routes.keys()])].map((iata) => [
      `routes/${iata}.json`,
      routesOf(iata, routes.get(iata) ?? [], byCode),
    ]),
  ]);
}

function table(places, routes) {
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

function routesOf(iata, rows, byCode) {
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

function groupBy(rows, key) {
  const groups = new Map();
  for (const row of rows) groups.set(row[key], [...(groups.get(row[key]) ?? []), row]);
  return groups;
}

const sum = (rows) => rows.reduce((total, { count }) => total + Number(count), 0);
/** The package writes what it does not know as "NA". */
const known = (text) => (text === 'NA' || text === '' ? null : text);
/** Ten metres are exact enough for an airport, and half the bytes. */
const degrees = (text) => Math.round(Number(text) * 10_000) / 10_000;
