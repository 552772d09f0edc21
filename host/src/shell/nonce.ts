// The browser hides the page's nonce from attributes, not from this property. A lazy chunk's style sheet is refused without it.
__webpack_nonce__ = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
