/** Where a command stands in the menus. */
export type MenuName = 'file' | 'edit' | 'view' | 'go' | 'article' | 'server' | 'help';

export interface CommandSpec {
  label: string;
  menu: MenuName;
  /** Keys joined by `+`; `Mod` is Command on a Mac and Control elsewhere. */
  shortcut?: string;
}

export const MENUS: Record<MenuName, string> = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  go: 'Go',
  article: 'Article',
  server: 'Server',
  help: 'Help',
};

/**
 * Everything a person can ask of the window, in the order of the menus. Menus, palette, shortcuts and the sheet of
 * shortcuts are made of this table; the window says what each does and when it can be done.
 */
export const COMMANDS = {
  'article.new': { label: 'New article', menu: 'file', shortcut: 'Mod+Alt+A' },
  'import.open': { label: 'Open file…', menu: 'file', shortcut: 'Mod+O' },
  'store.backup': { label: 'Back up now', menu: 'file' },
  'settings.open': { label: 'Settings…', menu: 'file', shortcut: 'Mod+Alt+,' },
  'session.password': { label: 'Change password…', menu: 'file' },
  'session.sign-out': { label: 'Sign out', menu: 'file' },

  'palette.open': { label: 'Search and commands…', menu: 'edit', shortcut: 'Mod+K' },

  'view.list': { label: 'Show or hide the list', menu: 'view', shortcut: 'Mod+Shift+L' },
  'view.inspector': { label: 'Show or hide the inspector', menu: 'view', shortcut: 'Mod+Shift+D' },
  'view.review': { label: 'Review', menu: 'view', shortcut: 'Alt+1' },
  'view.checks': { label: 'Checks', menu: 'view', shortcut: 'Alt+2' },
  'view.story': { label: 'Story', menu: 'view', shortcut: 'Alt+3' },
  'view.related': { label: 'Related', menu: 'view', shortcut: 'Alt+4' },
  'view.history': { label: 'History', menu: 'view', shortcut: 'Alt+5' },
  'focus.navigation': { label: 'Move to the queues', menu: 'view', shortcut: 'Mod+1' },
  'focus.list': { label: 'Move to the list', menu: 'view', shortcut: 'Mod+2' },
  'focus.editor': { label: 'Move to the article', menu: 'view', shortcut: 'Mod+3' },
  'focus.inspector': { label: 'Move to the inspector', menu: 'view', shortcut: 'Mod+4' },
  'focus.next': { label: 'Next column', menu: 'view', shortcut: 'F6' },
  'focus.previous': { label: 'Previous column', menu: 'view', shortcut: 'Shift+F6' },

  'conflict.next': { label: 'Next conflict', menu: 'edit', shortcut: 'F8' },
  'conflict.previous': { label: 'Previous conflict', menu: 'edit', shortcut: 'Shift+F8' },

  'go.drafts': { label: 'Drafts', menu: 'go' },
  'go.sent-back': { label: 'Sent back', menu: 'go' },
  'go.review': { label: 'To review', menu: 'go' },
  'go.approved': { label: 'Approved', menu: 'go' },
  'go.published': { label: 'Published', menu: 'go' },
  'go.inbox': { label: 'Inbox', menu: 'go' },
  'go.archive': { label: 'Archive', menu: 'go' },
  'go.people': { label: 'People and desks', menu: 'go' },
  'go.bin': { label: 'Bin', menu: 'go' },

  'article.submit': { label: 'Submit', menu: 'article', shortcut: 'Mod+Shift+Enter' },
  'article.recall': { label: 'Recall', menu: 'article' },
  'article.send-back': { label: 'Send back…', menu: 'article' },
  'article.approve': { label: 'Approve', menu: 'article', shortcut: 'Mod+Alt+Enter' },
  'article.schedule': { label: 'Schedule…', menu: 'article' },
  'article.publish': { label: 'Publish', menu: 'article' },
  'article.correct': { label: 'Publish correction…', menu: 'article' },
  'article.withdraw': { label: 'Withdraw…', menu: 'article' },
  'article.public': { label: 'Open the public page', menu: 'article' },
  'article.bin': { label: 'Move to the bin', menu: 'article' },

  'sync.now': { label: 'Sync now', menu: 'server' },
  'sync.pause': { label: 'Pause or resume syncing', menu: 'server' },
  'server.open': { label: 'Outbox and server…', menu: 'server' },
  'vault.open': { label: 'Vault…', menu: 'server' },

  'help.shortcuts': { label: 'Keyboard shortcuts', menu: 'help', shortcut: 'Mod+/' },
} as const satisfies Record<string, CommandSpec>;

export type CommandId = keyof typeof COMMANDS;
