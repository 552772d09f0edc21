import type { Language } from '@datamesh/service';

/** What registry-api's own pages say where they refuse something. */
export interface RefusalWords {
  again: string;
  home: string;
  /** The service's own text is English. */
  textOf(problem: { code: string; detail: string }): string;
}

/** By stable code, as docs/errors.md lists them. */
const german: Readonly<Record<string, string | undefined>> = {
  department_not_yours: 'Sie gehören nicht zu dieser Abteilung. Fragen Sie jemanden aus der Abteilung oder die Administration.',
  erasure_failed: 'Ob die Besuche gelöscht wurden, ist nicht sicher. Wenden Sie sich an die Stelle, die das Dashboard betreibt.',
  erasure_forbidden: 'Löschen lassen Sie Ihre eigenen Besuche; für andere kann es nur die Administration verlangen.',
  erasure_not_stored: 'Der Auftrag konnte nicht gespeichert werden. Versuchen Sie es noch einmal.',
  fresh_sign_in_required: 'Dafür ist eine eigene, frische Anmeldung nötig.',
  identity_daily: 'Besuche dieser Site sind nur innerhalb eines Tages zuzuordnen, also gibt es nichts zu löschen.',
  rate_limited: 'Zu viele Anfragen in kurzer Zeit. Warten Sie einen Augenblick.',
  role_required: 'Dafür ist eine Rolle nötig, die Sie nicht haben. Fragen Sie die Stelle, die in Ihrem Unternehmen die Konten verwaltet.',
  session_required: 'Das kann nur eine angemeldete Person, kein Token.',
  session_unknown: 'Sie sind nicht angemeldet.',
  site_unknown: 'Unter den Sites, die Sie sehen dürfen, gibt es diese nicht.',
  team_unknown: 'Sie gehören nicht zu diesem Team. Fragen Sie die Stelle, die in Ihrem Unternehmen die Teams verwaltet.',
  ticket_over: 'Diese Seite war zu lange geöffnet. Beginnen Sie noch einmal.',
  token_unknown: 'Ein solches Token von Ihnen gibt es nicht.',
  tracker_unavailable: 'Die Auswertung antwortet nicht, nichts wurde gelöscht. Versuchen Sie es gleich noch einmal.',
};

export const refusalWords: Readonly<Record<Language, RefusalWords>> = {
  en: { again: 'Begin again', home: 'To the dashboard', textOf: ({ detail }) => `${detail}.` },
  de: { again: 'Noch einmal beginnen', home: 'Zum Dashboard', textOf: ({ code }) => german[code] ?? 'Das wurde abgelehnt.' },
};
