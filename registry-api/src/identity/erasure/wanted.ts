/** What is to be forgotten: the visits of a person to a site of the tracker. */
export interface WantedErasure {
  site: string;
  /** Somebody else's user id, which takes an admin; undefined for whoever signs in. */
  user?: string;
}
