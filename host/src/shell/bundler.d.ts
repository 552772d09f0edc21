/** rspack reads it for every element that it adds to the page. */
declare let __webpack_nonce__: string;
