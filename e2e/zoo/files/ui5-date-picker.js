import DatePicker from '@ui5/webcomponents/dist/DatePicker.js';
import '@ui5/webcomponents-localization/dist/generated/json-imports/LocaleData.js';
import { setDefaultFontLoading } from '@ui5/webcomponents-base/dist/config/Fonts.js';

// Fonts and the words of dates would come from a CDN: the dashboard has fonts, and the import above brings the words.
setDefaultFontLoading(false);

export default DatePicker;
