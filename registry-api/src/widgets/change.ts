/** One change of a widget: who makes it, what it makes of the record, what is written with it. */
import type { Asking } from '../audit/audit';
import type { Pending } from '../events/pending';
import type { WidgetRecord } from './widget';

/** Who changes a widget: in the name of a team, and as the audit log keeps it. */
export interface Changer {
  team: string;
  asking: Asking;
}

/** Also whoever runs the instance, in no team's name. */
export type Keeper = Omit<Changer, 'team'> & { team: string | null; person?: Person };

/** Somebody who is only signed in: widgets run in their page, so that moves no channel to where it has not been. */
interface Person {
  name: string;
}

type Changed = Pick<WidgetRecord, 'versions' | 'channels'> & Partial<Pick<WidgetRecord, 'owners' | 'holds' | 'syncs'>>;
/** What a change makes of a widget; null: it is as wished already. */
type Change = (widget: WidgetRecord) => Changed | null | Promise<Changed | null>;
/** -> the widget as it is then; `about` is written with it. */
export type ChangeWidget = (name: string, by: Keeper, make: Change, about: (widget: WidgetRecord) => Pending[]) => Promise<WidgetRecord>;
