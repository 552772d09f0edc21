const onMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** As it is written on the keys of this machine: "Ctrl+S", "⌘S". */
export const commandKey = (letter: string): string => (onMac() ? `⌘${letter}` : `Ctrl+${letter}`);
