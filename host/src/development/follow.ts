import { followBuilds } from './channel';

followBuilds();
