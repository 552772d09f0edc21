import '@fluentui/web-components/slider/define.js';
import { webLightTheme } from '@fluentui/tokens';
import { setTheme } from '@fluentui/web-components';

// Its colours and sizes are tokens of a theme, which somebody has to choose.
setTheme(webLightTheme);
