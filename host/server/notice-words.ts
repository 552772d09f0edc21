import type { Language } from '@datamesh/service';

/** What the edge's own pages say, in one language. */
export interface NoticeWords {
  home: string;
  nothing: { title: string; text: string };
  wrongAddress: string;
  unreachable: { title: string; text: string; again: string };
  signInFirst: string;
  signIn: string;
  signInFailed: string;
  signInAgain: string;
  forbidden: string;
  refused: string;
  broken: string;
  request(id: string): string;
  /** What a problem says; the service's own text is English. */
  textOf(problem: { code: string; status: number; detail: string }): string;
}

const en: NoticeWords = {
  home: 'Open the dashboard',
  nothing: { title: 'There is nothing here', text: 'The address may be mistyped, or what it led to is gone.' },
  wrongAddress: 'This is not the dashboard’s address',
  unreachable: {
    title: 'The dashboard cannot be reached right now',
    text: 'Leave this page open: it is tried again by itself, and comes as soon as there is an answer. What was saved is safe.',
    again: 'Try now',
  },
  signInFirst: 'Sign in first',
  signIn: 'Sign in',
  signInFailed: 'Signing in did not work',
  signInAgain: 'Sign in again',
  forbidden: 'You may not see this',
  refused: 'This address does not work',
  broken: 'Something went wrong here',
  request: (id) => `Request ${id}`,
  textOf: ({ detail }) => (/[.!?…]$/.test(detail) ? detail : `${detail}.`),
};

const de: NoticeWords = {
  home: 'Dashboard öffnen',
  nothing: { title: 'Hier ist nichts', text: 'Die Adresse ist vielleicht vertippt, oder es gibt nicht mehr, wohin sie führte.' },
  wrongAddress: 'Das ist nicht die Adresse des Dashboards',
  unreachable: {
    title: 'Das Dashboard ist gerade nicht erreichbar',
    text: 'Lassen Sie diese Seite geöffnet: Es wird von selbst erneut versucht, und das Dashboard kommt, sobald eine Antwort da ist. Was gespeichert war, ist sicher.',
    again: 'Jetzt versuchen',
  },
  signInFirst: 'Bitte zuerst anmelden',
  signIn: 'Anmelden',
  signInFailed: 'Die Anmeldung hat nicht geklappt',
  signInAgain: 'Erneut anmelden',
  forbidden: 'Das dürfen Sie nicht sehen',
  refused: 'Diese Adresse funktioniert nicht',
  broken: 'Hier ist etwas schiefgegangen',
  request: (id) => `Anfrage ${id}`,
  textOf: ({ code, status }) => germanByCode[code] ?? germanByStatus(status),
};

/** By stable code, as docs/errors.md lists them: those that a person meets in the address bar. */
const germanByCode: Readonly<Record<string, string | undefined>> = {
  host_ambiguous: 'Die Anfrage nennt mehr als einen Server.',
  host_unknown: 'Öffnen Sie das Dashboard unter der Adresse, unter der es betrieben wird.',
  issuer_unavailable: 'Die Anmeldung des Unternehmens antwortet nicht. Versuchen Sie es gleich noch einmal.',
  layout_binned: 'Dieses Layout liegt im Papierkorb.',
  method_not_allowed: 'Diese Adresse lässt sich nicht im Browser öffnen.',
  navigation_required: 'Öffnen Sie diese Adresse in einem eigenen Fenster.',
  rate_limited: 'Zu viele Anfragen in kurzer Zeit. Warten Sie einen Augenblick.',
  role_required: 'Dafür ist eine Rolle nötig, die Sie nicht haben. Fragen Sie die Stelle, die in Ihrem Unternehmen die Konten verwaltet.',
  session_unknown: 'Ihre Anmeldung ist abgelaufen, oder Sie sind noch nicht angemeldet.',
  sign_in_failed:
    'Die Antwort der Anmeldung des Unternehmens ist nicht verwendbar. Wenn es bleibt, wenden Sie sich an die Stelle, die das Dashboard betreibt.',
  sign_in_not_fresh: 'Dafür ist eine frische Anmeldung nötig. Melden Sie sich beim Unternehmen ab und versuchen Sie es noch einmal.',
  sign_in_refused: 'Die Anmeldung wurde abgelehnt. Wenden Sie sich an die Stelle, die das Dashboard betreibt.',
  sign_in_unknown: 'Diese Anmeldung ist abgelaufen, oder sie begann in einem anderen Browser.',
  source_not_yours: 'Diese Datenquelle ist für andere Abteilungen.',
  stopping: 'Der Server startet gerade neu. Versuchen Sie es gleich noch einmal.',
  store_unavailable: 'Der Speicher hinter dem Dashboard antwortet nicht. Versuchen Sie es in einigen Sekunden erneut.',
  too_busy: 'Der Server hat gerade zu viel zu tun. Versuchen Sie es in einigen Sekunden erneut.',
};

function germanByStatus(status: number): string {
  if (status >= 500) return 'Versuchen Sie es erneut; wenn es bleibt, nennen Sie der Stelle, die das Dashboard betreibt, die Anfrage.';
  return status === 403 ? 'Fragen Sie, wer dafür zuständig ist.' : 'Der Server versteht diese Adresse nicht.';
}

export const noticeWords: Readonly<Record<Language, NoticeWords>> = { en, de };
