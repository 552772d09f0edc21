/** The names that FDC3 2.2 gives to what can go wrong; they are the message, as the standard asks. */
export type InteropErrorName =
  | 'NoChannelFound'
  | 'AccessDenied'
  | 'CreationFailed'
  | 'MalformedContext'
  | 'NoAppsFound'
  | 'TargetAppUnavailable'
  | 'TargetInstanceUnavailable'
  | 'NoResultReturned'
  | 'IntentHandlerRejected';

export class InteropError extends Error {
  override readonly name: string = 'InteropError';
  constructor(
    override readonly message: InteropErrorName,
    /** One sentence for the developer of the widget. */
    readonly detail: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

export class MalformedContext extends InteropError {
  constructor(
    /** Where in the context, `id.ticker`; empty for the whole. */
    readonly path: string,
    what: string,
    cause?: unknown,
  ) {
    super('MalformedContext', `${path || 'the context'} ${what}`, cause);
  }
}
