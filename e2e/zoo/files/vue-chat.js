import { register } from 'vue-advanced-chat';

// The package defines its tag when it is told to.
register();
