import { initialize } from '@ionic/core/components';
import { IonRange } from '@ionic/core/components/ion-range.js';

// Without it Ionic does not know which platform's styles are meant.
initialize({ mode: 'md' });

export default IonRange;
