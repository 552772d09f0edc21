/** The first publish gives a name to the token's team, for ever. */
import type { WidgetManifest } from '@datamesh/contracts';
import { problem } from '../../http/problem';
import type { WidgetRecord } from '../widget';

export function checkOwner(widget: Pick<WidgetRecord, 'name' | 'owner'>, team: string): void {
  if (widget.owner === team) return;
  throw problem(403, 'name_owned', `${widget.name} belongs to the team ${widget.owner}; use one of its tokens or another name`);
}

export function checkPublisher(manifest: WidgetManifest, team: string): void {
  if (manifest.publisher === team) return;
  throw problem(403, 'team_mismatch', `widget.json names the publisher ${manifest.publisher}, the token is of the team ${team}`);
}
