import { openWorkstation } from '../core/workstation.ts';
import { serveCore } from './core-service.ts';
import { parentOf } from './port.ts';

serveCore(parentOf(process.parentPort), openWorkstation);
