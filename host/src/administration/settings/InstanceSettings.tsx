import type { ServiceSettings, Setting } from '@datamesh/contracts';
import { PageHeading } from '../../pages/PageHeading';
import { useLive } from '../../pages/useLive';
import { Waiting } from '../../pages/Waiting';
import type { Desk } from '../../shell/desk';
import type { SectionProps } from '../section';
import { services } from './settingsCalls';

/** What each service was started with. One that is away keeps nobody from seeing the other's. */
export function InstanceSettings({ desk }: SectionProps) {
  return (
    <>
      <PageHeading title="Settings">
        <p className="place-small">
          As the services were started with them: environment variables, which whoever runs the instance changes. Of secrets and JSON only
          whether they are set.
        </p>
      </PageHeading>
      {(Object.keys(services) as ServiceSettings['service'][]).map((service) => (
        <OfService key={service} desk={desk} service={service} />
      ))}
    </>
  );
}

function OfService({ desk, service }: { desk: Desk; service: ServiceSettings['service'] }) {
  const settings = useLive(desk, service, [], services[service]);
  return (
    <section aria-labelledby={`settings-${service}`}>
      <h2 id={`settings-${service}`}>{service}</h2>
      <Waiting of={settings} lines={6} what={`What ${service} was started with`} />
      {settings.value ? (
        <table className="administration-table">
          <thead>
            <tr>
              <th scope="col">Setting</th>
              <th scope="col">Value</th>
              <th scope="col">From</th>
            </tr>
          </thead>
          <tbody>
            {settings.value.items.map((setting) => (
              <tr key={setting.name} data-set={setting.isSet}>
                <th scope="row">{setting.name}</th>
                <td>{valueIn(setting)}</td>
                <td>{fromOf(setting)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}

function valueIn({ isSet, value, unit, hidden }: Setting): string {
  if (hidden) return isSet ? 'set, not shown' : 'not set';
  if (value === null) return 'not set';
  return unit && /^\d+$/.test(value) ? `${value} ${unit}` : value;
}

function fromOf({ isSet, default: otherwise, hidden }: Setting): string {
  if (!isSet) return 'default';
  return hidden || otherwise === null ? 'environment' : `environment; default ${otherwise}`;
}
