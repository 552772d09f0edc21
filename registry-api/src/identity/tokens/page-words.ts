import type { Language } from '@datamesh/service';

/** Of one of the two kinds of tokens. */
interface KindWords {
  /** Above its form, and below that what it is good for. */
  heading: string;
  purpose: string;
  /** Team or department. */
  field: string;
  /** Above the secret. */
  yours: string;
  /** Where the command line keeps it, and what is done with it then. */
  login: string;
  next: string;
  warning: string;
  /** Whose it is. */
  whose(name: string): string;
}

/** What the pages of tokens say. Values come in as HTML. */
export interface TokenWords {
  home: string;
  title: string;
  yours: string;
  make: string;
  all: string;
  none: string;
  refused: string;
  signInAgain: string;
  name: string;
  days: string;
  hint: string;
  create: string;
  shownOnce(name: string, whose: string, day: string): string;
  inCi(publicUrl: string): string;
  team: KindWords;
  department: KindWords;
  everybodys: string;
  own: string;
  revoked(name: string): string;
  gone: string;
  madeBy(who: string): string;
  since(day: string): string;
  over(day: string): string;
  until(day: string): string;
  used(at: string): string;
  unused: string;
  revoke: string;
  revokeOne(name: string, whose: string): string;
}

const en: TokenWords = {
  home: 'To the dashboard',
  title: 'Tokens',
  yours: 'Your tokens',
  make: 'New token',
  all: 'All tokens',
  none: 'There is none.',
  refused: 'No token',
  signInAgain: 'You sign in once more for it.',
  name: 'Name',
  days: 'Days',
  hint: 'Where it will be used, so that you know it again.',
  create: 'Sign in and create',
  shownOnce: (name, whose, day) => `“${name}”, ${whose}, until ${day}. It is shown this once: copy it now.`,
  inCi: (publicUrl) => `In CI, set DATAMESH_TOKEN to it as a secret, and DATAMESH_URL to ${publicUrl}.`,
  team: {
    heading: 'Publish widgets',
    purpose: 'In the name of a team of yours.',
    field: 'Team',
    yours: 'Your publish token',
    login: 'In the folder of a widget, once. It asks for the token and keeps it:',
    next: 'Then, whenever the widget is built:',
    warning: 'Whoever has it publishes as the team. You revoke it on the page of your tokens.',
    whose: (name) => `team ${name}`,
  },
  department: {
    heading: 'Keep layouts in git',
    purpose: 'Read and save what a department pins (<code>datamesh layouts</code>), and nothing else.',
    field: 'Department',
    yours: 'Your layout token',
    login: 'Where the command line is installed, once. It asks for the token and keeps it:',
    next: 'Then, in the repository that keeps the layouts:',
    warning:
      'Whoever has it changes the layouts of the department, and says which of them it pins. You revoke it on the page of your tokens.',
    whose: (name) => `layouts of ${name}`,
  },
  everybodys: 'Everybody’s: you are an admin. Whoever has one publishes as its team, or keeps the layouts of its department.',
  own: 'Those that you made. Whoever has one publishes as its team, or keeps the layouts of its department.',
  revoked: (name) => `“${name}” is revoked: nobody does anything with it any more.`,
  gone: 'It was revoked before, or is none of yours.',
  madeBy: (who) => `made by ${who}`,
  since: (day) => `since ${day}`,
  over: (day) => `over since ${day}`,
  until: (day) => `until ${day}`,
  used: (at) => `last used ${at} UTC`,
  unused: 'never used',
  revoke: 'Revoke',
  revokeOne: (name, whose) => `Revoke ${name}, ${whose}`,
};

const de: TokenWords = {
  home: 'Zum Dashboard',
  title: 'Tokens',
  yours: 'Ihre Tokens',
  make: 'Neues Token',
  all: 'Alle Tokens',
  none: 'Es gibt keines.',
  refused: 'Kein Token',
  signInAgain: 'Dafür melden Sie sich noch einmal an.',
  name: 'Name',
  days: 'Tage',
  hint: 'Wo es verwendet wird, damit Sie es wiedererkennen.',
  create: 'Anmelden und anlegen',
  shownOnce: (name, whose, day) => `„${name}“, ${whose}, gültig bis ${day}. Es wird nur dieses eine Mal gezeigt: Kopieren Sie es jetzt.`,
  inCi: (publicUrl) => `In CI setzen Sie DATAMESH_TOKEN darauf, als Geheimnis, und DATAMESH_URL auf ${publicUrl}.`,
  team: {
    heading: 'Widgets veröffentlichen',
    purpose: 'Im Namen eines Ihrer Teams.',
    field: 'Team',
    yours: 'Ihr Veröffentlichungs-Token',
    login: 'Einmal im Ordner eines Widgets. Der Befehl fragt nach dem Token und bewahrt es auf:',
    next: 'Danach, wann immer das Widget gebaut ist:',
    warning: 'Wer es hat, veröffentlicht als das Team. Auf der Seite Ihrer Tokens widerrufen Sie es.',
    whose: (name) => `Team ${name}`,
  },
  department: {
    heading: 'Layouts in git pflegen',
    purpose: 'Lesen und speichern, was eine Abteilung anheftet (<code>datamesh layouts</code>), und sonst nichts.',
    field: 'Abteilung',
    yours: 'Ihr Layout-Token',
    login: 'Einmal dort, wo die Befehlszeile installiert ist. Der Befehl fragt nach dem Token und bewahrt es auf:',
    next: 'Danach im Repository, das die Layouts enthält:',
    warning:
      'Wer es hat, ändert die Layouts der Abteilung und bestimmt, welche davon angeheftet sind. Auf der Seite Ihrer Tokens widerrufen Sie es.',
    whose: (name) => `Layouts von ${name}`,
  },
  everybodys:
    'Die von allen, denn Sie gehören zur Administration. Wer eines hat, veröffentlicht als dessen Team oder pflegt die Layouts dessen Abteilung.',
  own: 'Die von Ihnen angelegten. Wer eines hat, veröffentlicht als dessen Team oder pflegt die Layouts dessen Abteilung.',
  revoked: (name) => `„${name}“ ist widerrufen: Niemand tut mehr etwas damit.`,
  gone: 'Es wurde schon widerrufen, oder es ist keines von Ihnen.',
  madeBy: (who) => `angelegt von ${who}`,
  since: (day) => `seit ${day}`,
  over: (day) => `abgelaufen seit ${day}`,
  until: (day) => `gültig bis ${day}`,
  used: (at) => `zuletzt verwendet ${at} UTC`,
  unused: 'nie verwendet',
  revoke: 'Widerrufen',
  revokeOne: (name, whose) => `${name} widerrufen, ${whose}`,
};

export const tokenWords: Readonly<Record<Language, TokenWords>> = { en, de };
