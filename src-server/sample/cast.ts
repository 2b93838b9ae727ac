import type { DeskRole } from '#shared/workflow';

export const NEWSROOM_NAME = 'The Valley Courier';
/** A domain that is reserved for examples: nobody’s money goes astray. */
export const DONATIONS_URL = 'https://www.example.org/valley-courier/donations';
export const SECTIONS = ['News Room', 'World', 'Courts'];
export const DESKS = ['News Desk', 'Copy Editing Desk'];

interface Part {
  login: string | null;
  name: string;
  affiliation?: string;
  role?: DeskRole;
  /** On which desks; all of them when nothing is said. */
  desks?: readonly string[];
}

/** Who works at the sample newsroom, and who is only credited there. The admin comes from creating it. */
export const ADMIN = { login: 'admin', name: 'D. Morland' };
export const CAST: readonly Part[] = [
  { login: 'jonah', name: 'Jonah Okafor', role: 'copy-editor' },
  { login: 'rim', name: 'R. Imre', role: 'copy-editor' },
  { login: 'lindqvist', name: 'A. Lindqvist', role: 'copy-editor', desks: ['News Desk'] },
  { login: 'ferreira', name: 'S. Ferreira', role: 'copy-editor', desks: ['News Desk'] },
  { login: 'haidari', name: 'M. Haidari', role: 'desk-chief' },
  { login: 'slot', name: 'S. Lott', role: 'desk-chief' },
  { login: null, name: 'Rana Saleh', affiliation: 'Valley Radio' },
  { login: null, name: 'Tomás Brandt', affiliation: 'Valley Radio' },
  { login: null, name: 'Valley Radio Kurdish Service', affiliation: 'Valley Radio' },
];
