/** The dashboard of `npm run dev`: what it always is, and an ear for the next build; first, so that a page that fails while it begins hears too. */
import './follow';
import '../main';
