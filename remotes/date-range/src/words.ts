import { translator } from '@datamesh/widget-sdk';

export const say = translator({
  de: {
    'The dashboard did not take the dates: {reason}': 'Das Dashboard hat die Daten nicht übernommen: {reason}',
    'First day': 'Erster Tag',
    'Last day': 'Letzter Tag',
    Shortcuts: 'Kurzwahl',
    'Dates shown': 'Gezeigte Tage',
    'Drag to move both dates': 'Ziehen verschiebt beide Tage',
    "“{day}” is not a date. Set a first day in this panel's settings.":
      '„{day}“ ist kein Datum. Legen Sie in den Einstellungen dieses Panels einen ersten Tag fest.',
    "“{day}” is not a date. Set a last day in this panel's settings.":
      '„{day}“ ist kein Datum. Legen Sie in den Einstellungen dieses Panels einen letzten Tag fest.',
    "The last day, {max}, is not after the first, {min}. Change one of them in this panel's settings.":
      'Der letzte Tag, {max}, liegt nicht nach dem ersten, {min}. Ändern Sie einen davon in den Einstellungen dieses Panels.',
    All: 'Alles',
    'The whole range': 'Der ganze Zeitraum',
    '{count} y': '{count} J',
    '{count} m': '{count} M',
    '{count} d': '{count} T',
    'The last year': 'Das letzte Jahr',
    'The last month': 'Der letzte Monat',
    'The last day': 'Der letzte Tag',
    'The last {count} years': 'Die letzten {count} Jahre',
    'The last {count} months': 'Die letzten {count} Monate',
    'The last {count} days': 'Die letzten {count} Tage',
    'Both dates are needed.': 'Beide Tage werden gebraucht.',
    'Choose dates from {from} to {to}.': 'Wählen Sie Tage von {from} bis {to}.',
    'The first date is after the second.': 'Der erste Tag liegt nach dem zweiten.',
  },
});
