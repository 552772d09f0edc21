import type { ServiceSettings, Setting } from '@datamesh/contracts';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { i18n } from '../../language/i18n';
import { PageHeading } from '../../pages/PageHeading';
import { useLive } from '../../pages/use-live';
import { Waiting } from '../../pages/Waiting';
import type { SectionProps } from '../section';
import { services } from './settings-calls';

/** What each service was started with. One that is away keeps nobody from seeing the other's. */
export function InstanceSettings({ controller }: SectionProps) {
  return (
    <>
      <PageHeading title={i18n.t('Settings')}>
        <p className="place-small">
          {i18n.t(
            'As the services were started with them: environment variables, which whoever runs the instance changes. Of secrets and JSON only whether they are set.',
          )}
        </p>
      </PageHeading>
      {(Object.keys(services) as ServiceSettings['service'][]).map((service) => (
        <OfService key={service} controller={controller} service={service} />
      ))}
    </>
  );
}

function OfService({ controller, service }: { controller: DashboardController; service: ServiceSettings['service'] }) {
  const settings = useLive(controller, service, [], services[service]);
  return (
    <section aria-labelledby={`settings-${service}`}>
      <h2 id={`settings-${service}`}>{service}</h2>
      <Waiting of={settings} lines={6} what={i18n.t('What {service} was started with', { service })} />
      {settings.value ? (
        <table className="administration-table">
          <thead>
            <tr>
              <th scope="col">{i18n.t('Setting')}</th>
              <th scope="col">{i18n.t('Value')}</th>
              <th scope="col">{i18n.t('From')}</th>
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
  if (hidden) return isSet ? i18n.t('set, not shown') : i18n.t('not set');
  if (value === null) return i18n.t('not set');
  return unit && /^\d+$/.test(value) ? withUnit(Number(value), unit) : value;
}

/** A unit that nobody here knows yet is told as the service says it. */
function withUnit(value: number, unit: string): string {
  switch (unit) {
    case 'seconds':
      return i18n.t('{value, plural, one {# second} other {# seconds}}', { value });
    case 'bytes':
      return i18n.t('{value, plural, one {# byte} other {# bytes}}', { value });
    case 'a minute':
      return i18n.t('{value} a minute', { value });
    default:
      return `${value} ${unit}`;
  }
}

function fromOf({ isSet, default: otherwise, hidden }: Setting): string {
  if (!isSet) return i18n.t('default');
  return hidden || otherwise === null ? i18n.t('environment') : i18n.t('environment; default {value}', { value: otherwise });
}
