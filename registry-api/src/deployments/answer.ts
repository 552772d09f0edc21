/** What the registry tells a pod about its lease, and people about leases. */
import type { LeaseAnswer, LeaseView } from '@datamesh/contracts';
import { holdOf, ownerOf } from '../widgets/channels';
import { channelVersion, type WidgetRecord } from '../widgets/widget';
import type { Beaten } from './deployments';
import { beatSeconds, type Lease } from './lease';

export function leaseAnswer({ lease, widget }: Beaten): LeaseAnswer {
  const version = channelVersion(widget, lease.channel);
  const { state, detail } = stateOf(lease, widget, version);
  return { lease: lease.id, state, channel: { name: lease.channel, version }, beatSeconds, detail };
}

function stateOf(lease: Lease, widget: WidgetRecord, gives: string | null): Pick<LeaseAnswer, 'state' | 'detail'> {
  const channel = `${widget.name}@${lease.channel}`;
  const hold = holdOf(widget, lease.channel);
  const owner = ownerOf(widget, lease.channel);
  if (lease.draining) return { state: 'draining', detail: `${channel} does not count on this pod any more` };
  if (hold && hold.version !== lease.version)
    return { state: 'held', detail: `${channel} is held at ${hold.version} by ${hold.by}: ${hold.reason}` };
  if (!lease.ready) return { state: 'not-ready', detail: `${channel} gives ${gives ?? 'nothing'} until this pod is ready` };
  if (owner && owner.uid !== lease.deployment.uid)
    return { state: 'foreign', detail: `${channel} is moved by the Deployment ${owner.namespace}/${owner.name} while that runs` };
  if (owner?.revision === lease.revision) return { state: 'active', detail: `${channel} gives ${gives}` };
  return { state: 'waiting', detail: `${channel} gives ${gives ?? 'nothing'}, of revision ${owner?.revision ?? 'none'}` };
}

export const leaseView = ({
  id,
  widget,
  version,
  channel,
  deployment,
  revision,
  pod,
  ready,
  draining,
  holder,
  createdAt,
  beatAt,
  health,
}: Lease & { health: LeaseView['health'] }): LeaseView => ({
  id,
  widget,
  version,
  channel,
  deployment,
  revision,
  pod,
  ready,
  draining,
  health,
  holder,
  since: new Date(createdAt).toISOString(),
  beatAt: new Date(beatAt).toISOString(),
});
