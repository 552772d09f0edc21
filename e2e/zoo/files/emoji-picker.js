import Picker from 'emoji-picker-element/picker.js';
import data from 'emoji-picker-element-data/en/emojibase/data.json';

const dataSource = URL.createObjectURL(new Blob([JSON.stringify(data)], { type: 'application/json' }));

/** The picker, with its emoji published beside it: they would come from a CDN. */
export default class extends Picker {
  constructor() {
    super({ dataSource });
  }
}
