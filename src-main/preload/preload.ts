import { contextBridge, ipcRenderer } from 'electron';
import type { AskingBridge } from '#shared/contract';
import { createPortBridge, type HostEvent } from './port-bridge.ts';

const bridge = createPortBridge();

ipcRenderer.on('stet:port', ({ ports: [port] }) => {
  if (port) bridge.use(port);
});
// Menus and deep links belong to the main process, which speaks for itself.
ipcRenderer.on('stet:event', (_event, message: HostEvent) => bridge.hear(message));
ipcRenderer.send('stet:connect');

// The page gets these two functions and nothing of Electron.
const exposed: AskingBridge = {
  ask: (name, input) => bridge.ask(name, input),
  on: (name, listener) => bridge.on(name, listener),
};
contextBridge.exposeInMainWorld('stet', exposed);
