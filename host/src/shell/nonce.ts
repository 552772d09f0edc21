// The browser hides a nonce from attributes, not from this property. A lazy chunk's style sheet is refused without it.
__webpack_nonce__ = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
