/** Who looks after a widget: its team and admins, who see what runs of it, what happened to it and in how many dashboards it is open. */
import type { Request } from 'express';
import { type Caller, notSignedIn } from '../http/caller';
import { problem } from '../http/problem';
import { widgetUnknown } from './lifecycle';
import type { WidgetStore } from './store';
import type { WidgetRecord } from './widget';

/** The widget; throws 404 `widget_unknown`, 401 for nobody, 403 `team_mismatch`. */
export async function checkLooksAfter(
  { caller }: Pick<Request, 'caller'>,
  widgets: Pick<WidgetStore, 'find'>,
  name: string,
): Promise<WidgetRecord> {
  const widget = await widgets.find(name);
  if (!widget) throw widgetUnknown(name);
  if (!looksAfter(caller, widget.owner))
    throw problem(403, 'team_mismatch', `What runs of ${name} is shown to the team ${widget.owner} and to admins`);
  return widget;
}

function looksAfter(caller: Caller, owner: string): boolean {
  switch (caller.kind) {
    case 'nobody':
      throw notSignedIn();
    case 'user':
      return caller.claims.roles.includes('admin') || caller.claims.teams.includes(owner);
    case 'token':
      return caller.team === owner;
    case 'bootstrap':
      return true;
    case 'layout-token':
    case 'workload':
      return false;
  }
}
